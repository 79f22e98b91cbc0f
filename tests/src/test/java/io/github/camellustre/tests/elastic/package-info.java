// SPDX-License-Identifier: Apache-2.0
/** Policies elasticsearch and opensearch against real servers, which are processes of their own and misbehave as they are told. */
package io.github.camellustre.tests.elastic;
