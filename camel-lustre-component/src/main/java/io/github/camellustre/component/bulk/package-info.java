// SPDX-License-Identifier: Apache-2.0
/**
 * What a route needs to deliver batches through the API {@code _bulk} of Elasticsearch and OpenSearch with Camel's own HTTP client:
 * the requests, and what the answers mean. routes/elasticsearch.camel.yaml is such a route.
 */
package io.github.camellustre.component.bulk;
