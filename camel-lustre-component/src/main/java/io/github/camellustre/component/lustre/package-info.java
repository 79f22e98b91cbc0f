// SPDX-License-Identifier: Apache-2.0
/** The {@code lustre:} component: changelogs of Lustre as Camel exchanges. */
package io.github.camellustre.component.lustre;
