// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.component.lustre;

/** What becomes of records that are sent to {@code lustre:}. */
public enum PathOperation {
    /** They get the paths of their objects; what they say of names is remembered. */
    path,
    /** What they say of names is remembered, and nothing else. */
    learn
}
