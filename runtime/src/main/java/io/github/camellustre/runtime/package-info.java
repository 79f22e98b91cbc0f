// SPDX-License-Identifier: Apache-2.0
/** The daemon: command line and start-up. */
package io.github.camellustre.runtime;
