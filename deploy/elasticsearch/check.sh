#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Checks the index template and the lifecycle policies against the types that Elastic and OpenSearch publish with their JavaScript
# clients, generated from their API specifications: deploy/elasticsearch/check.sh. Needs Node.js, and npm's registry.
set -eu
home=$(CDPATH='' cd -P "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
template=$(cat "$home/camel-lustre-component/src/main/resources/io/github/camellustre/component/bulk/index-template.json")
ilm=$(cat "$home/deploy/elasticsearch/ilm-policy.json")
ism=$(cat "$home/deploy/opensearch/ism-policy.json")
# Literals: only of these the compiler refuses properties that do not exist.
cat >"$work/check.ts" <<TS
import type { estypes } from '@elastic/elasticsearch';
import type { API } from '@opensearch-project/opensearch';
export const ilm: Omit<estypes.IlmPutLifecycleRequest, 'name'> = $ilm;
export const ism: API.Ism_PutPolicy_Request['body'] = $ism;
export const template: Omit<estypes.IndicesPutIndexTemplateRequest, 'name'> = $template;
export const openSearchTemplate: API.Indices_PutIndexTemplate_Request['body'] = $template;
TS
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent typescript@5.9.3 @elastic/elasticsearch@8.19.2 @opensearch-project/opensearch@3.9.0
npx tsc --noEmit --strict --skipLibCheck --moduleResolution node --target es2022 --module commonjs check.ts
echo "index template, ILM policy and ISM policy fit the published types"
