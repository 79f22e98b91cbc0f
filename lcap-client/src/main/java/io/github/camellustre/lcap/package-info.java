// SPDX-License-Identifier: Apache-2.0
/** Reader programs: {@link io.github.camellustre.lcap.LcapReader} gets records from a server or from Lustre itself. */
package io.github.camellustre.lcap;
