// SPDX-License-Identifier: Apache-2.0
package io.github.camellustre.changelog.window.model;

import io.github.camellustre.changelog.Fid;

/** A directory entry. */
record ModelName(Fid parent, String name) {}
