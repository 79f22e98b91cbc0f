// SPDX-License-Identifier: Apache-2.0
/** The {@code zeromq:} component: ZeroMQ sockets as Camel endpoints. */
package io.github.camellustre.component.zeromq;
