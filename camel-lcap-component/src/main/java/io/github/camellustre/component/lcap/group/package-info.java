// SPDX-License-Identifier: Apache-2.0
/**
 * Consumer groups: who of a group's readers gets which records, for how long, and when they are dealt with. No Camel, no
 * sockets, no threads and no clock.
 */
package io.github.camellustre.component.lcap.group;
