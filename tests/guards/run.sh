#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The control arm: cuts every guard out, one at a time, and sees its test fail: tests/guards/run.sh [PATCH...]
# Each patch beside this file names the guard and the test, and is applied to a copy of the sources. It is an error if a
# test does not fail, if a patch does not apply or compile any more, or if docs/guards.md does not name it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
home=$(cd "$here/../.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
[ $# -gt 0 ] || set -- "$here"/*.patch
patches=()
for patch; do
    patches+=("$(realpath "$patch")")
done

cd "$home"
tar -cf - --exclude=target --exclude=.git --exclude=.cifuzz-corpus . | tar -xf - -C "$copy"
cd "$copy"
# what is cut out may leave something unused, which is a warning; without Error Prone compiling takes less time
sed -i '/<arg>-Werror<\/arg>/d; /<arg>-Xplugin:ErrorProne /d' pom.xml

# short lives: the second compiler of the JVM costs more than it gains
export MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS:-}"

# Runs one test class or method; its output goes to $copy/output.
runs() {
    rm -rf -- */target/surefire-reports
    mvn -B -q -pl "$1" -am test -Dtest="$2" -Dsurefire.failIfNoSpecifiedTests=false -Djacoco.skip \
        -DargLine=-XX:TieredStopAtLevel=1 >output 2>&1
}

failed=0
problem() {
    echo "[ERROR] $1: $2"
    failed=1
}

for patch in "${patches[@]}"; do
    name=$(basename "$patch" .patch)
    guard=$(sed -n 's/^Guard: //p' "$patch")
    read -r module test <<<"$(sed -n 's/^Test: //p' "$patch")"
    grep -q "\`$name\`" docs/guards.md || problem "$name" "docs/guards.md does not name it"
    if ! git apply "$patch"; then
        problem "$name" "does not apply any more: cut the guard out anew"
        continue
    fi
    if runs "$module" "$test"; then
        problem "$name" "$test does not fail without it: $guard"
    elif ! how=$(grep -hoEm1 '<(failure|error)( message="[^"]{0,150})?' */target/surefire-reports/TEST-*.xml 2>/dev/null); then
        problem "$name" "does not compile, or its test does not run"
        tail -n 20 output
    else
        how=$(head -n 1 <<<"${how#*\"}")
        echo "[INFO] $name: $test fails without it: ${how//&#10;/ }"
    fi
    git apply -R "$patch"
done

# The tests are green with all guards in place: else their failure says nothing.
for module in lustre-changelog camel-lustre-component lcap-client camel-lcap-component camel-zeromq-component tests; do
    tests=$(sed -n "s/^Test: $module //p" "${patches[@]}" | sed 's/#.*//' | sort -u | paste -sd,)
    [ -z "$tests" ] || runs "$module" "$tests" || { problem "$tests" "fails with all guards in place"; tail -n 20 output; }
done
[ $failed = 0 ] && echo "[INFO] ${#patches[@]} guards cut out, every test failed"
exit $failed
