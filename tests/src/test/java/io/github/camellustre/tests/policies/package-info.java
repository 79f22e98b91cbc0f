// SPDX-License-Identifier: Apache-2.0
/** The shipped policies with their readers: the daemon is a process, and so is every reader. */
package io.github.camellustre.tests.policies;
