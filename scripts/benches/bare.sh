# Part of pages: where examples/bare_hyper is built (BARE= names another), it serves the same
# compressed bytes with the same headers in turn, which is what the library and the kernel leave us.
bare=${BARE:-$(dirname "$binary")/examples/bare_hyper} beside=()
if [[ -x $bare ]]; then
  curl -fsI -H 'Accept-Encoding: gzip' "$at/$code" | tr -d '\r' |
    awk -F': ' 'NR > 1 && NF > 1 && $1 !~ /^(date|content-length)$/ { print $1 "\t" substr($0, length($1) + 3) }' >bare
  taskset -c 0 "$bare" 127.0.0.1:8393 www/index.html.gz bare &
  servers+=($!)
  beside=("hyper=http://127.0.0.1:8393/=$!")
fi
