// SPDX-License-Identifier: Apache-2.0
/**
 * LCAP's wire protocol, and what ours adds to it: {@code docs/lcap-protocol.md} as requests and answers. Used by readers
 * and by the server.
 */
package io.github.camellustre.lcap.wire;
