// SPDX-License-Identifier: Apache-2.0
/** Paths of the objects that records name by FID, learnt from the stream itself and, where there is one, from a mount. */
package io.github.camellustre.changelog.path;
