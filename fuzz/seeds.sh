#!/bin/sh
# Makes a small corpus from the sample, in every form, with the program, `zip`, `unzip` and `iconv`: sh fuzz/seeds.sh
set -eu
cd "$(dirname "$0")/.."
into=fuzz/corpus/import
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
mkdir -p "$into"
cargo run --quiet -- template "$work/template.xlsx" >/dev/null
(cd "$work" && HEARBACK_DATABASE_URL="sqlite://$work/db" "$OLDPWD/target/debug/hearback" import "$OLDPWD/sample" \
    --dry-run --annotate "$work/sample.xlsx" >/dev/null)
zip -qj "$work/sample.zip" sample/*.csv

# The first byte says where the others stand: see fuzz_targets/import.rs.
seed() { { printf "\\$(printf %o "$1")"; cat "$2"; } >"$into/$3"; }
for file in template.xlsx sample.xlsx sample.zip; do seed 0 "$work/$file" "whole-$file"; done
mkdir "$work/parts"
unzip -qo "$work/sample.xlsx" -d "$work/parts"
number=0
for sheet in project participants stories themes learnings recommendations evidence history acts; do
    part="$work/parts/xl/worksheets/sheet$((number + 2)).xml"
    if [ -f "$part" ]; then seed $((number * 8 + 1)) "$part" "cells-$sheet"; fi
    seed $((number * 8 + 6)) "sample/$sheet.csv" "csv-$sheet"
    seed $((number * 8 + 5)) "sample/$sheet.csv" "zip-$sheet"
    number=$((number + 1))
done
seed 2 "$work/parts/xl/sharedStrings.xml" shared
seed 3 "$work/parts/xl/styles.xml" styles
cat >"$work/content.xml" <<'XML'
<d xmlns:table="t" xmlns:text="x" xmlns:office="o"><automatic-styles><style name="h"><table-properties display="false"/></style></automatic-styles><body><spreadsheet><table:table table:name="themes"><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>id<text:s text:c="2"/></text:p><text:p>a&amp;b</text:p></table:table-cell><table:table-cell table:number-columns-repeated="3" office:value-type="date" office:date-value="2025-03-31"/></table:table-row></table:table><table:table table:name="x" table:style-name="h"/></spreadsheet></body></d>
XML
seed 4 "$work/content.xml" ods
mkdir "$work/ods"
cp "$work/content.xml" "$work/ods/content.xml"
(cd "$work/ods" && zip -q ../whole.ods content.xml)
seed 0 "$work/whole.ods" whole-ods

# Stories and people in every encoding and with every separator that is recognised.
number=1
for sheet in participants stories; do
    file="sample/$sheet.csv"
    { printf '\357\273\277'; cat "$file"; } >"$work/bom"
    { printf '\377\376'; iconv -f UTF-8 -t UTF-16LE "$file"; } >"$work/utf16le"
    { printf '\376\377'; iconv -f UTF-8 -t UTF-16BE "$file"; } >"$work/utf16be"
    iconv -f UTF-8 -t WINDOWS-1252//TRANSLIT "$file" >"$work/windows1252"
    tr ',' ';' <"$file" >"$work/semicolons"
    tr ',' '\t' <"$file" >"$work/tabs"
    for form in bom utf16le utf16be windows1252 semicolons tabs; do
        seed $((number * 8 + 6)) "$work/$form" "csv-$sheet-$form"
    done
    number=$((number + 1))
done
ls "$into" | wc -l
