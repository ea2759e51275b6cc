#!/usr/bin/env bash
# Builds what a release consists of twice, from two clones in different folders, and compares it byte by byte.
# Signatures differ by nature and are left out. Arguments are passed on to Maven; offline it makes no SBOM.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

artifacts() {
	find . -path '*/target/*' \( -name '*.jar' -o -name '*.cdx.json' \) -not -path '*/target/*/*' -o -name .flattened-pom.xml |
		grep -Ev '^\./(demo-app|host-applications|examples)/' | LC_ALL=C sort
}

for name in first another-folder; do
	git clone -q --no-hardlinks . "$work/$name"
	(
		cd "$work/$name"
		printf '=== build in %s\n' "$name"
		mvn -B -ntp -q -Prelease -DskipTests -Dgpg.skip -Djacoco.skip "$@" verify
		artifacts | xargs sha256sum > "$work/$name.sums"
	)
done

printf '%s artifacts\n' "$(wc -l < "$work/first.sums")"
if ! diff "$work/first.sums" "$work/another-folder.sums"; then
	printf '!!! the same source made different artifacts !!!\n'
	exit 1
fi
printf 'the two builds are byte-identical\n'
