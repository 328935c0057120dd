# The patient page against nginx serving the very same bytes from files with
# the same headers: in turn, both on the first core, the load from the second.
#   ROUNDS=5 SECS=3 CONNECTIONS="64 256"
need wrk nginx
country
serve taskset -c 0
ready
declare_incident
until curl -fs "$at/$code/status.json" | grep -q '"limited"'; do sleep 0.05; done
mkdir www
curl -fs "$at/$code" >www/index.html
curl -fs -H 'Accept-Encoding: gzip' "$at/$code" >www/index.html.gz
echo "the page of $code: $(stat -c %s www/index.html) bytes, $(stat -c %s www/index.html.gz) in gzip"
# nginx writes the headers that describe the file itself.
curl -fsI "$at/$code" | tr -d '\r' |
  awk -F': ' 'NR > 1 && NF > 1 && $1 !~ /^(etag|date|vary|content-type|content-length|connection)$/ { print $1 "\t" substr($0, length($1) + 3) }' >headers
DIR=www PORT=8392 CPU=0 HEADERS=headers "$root"/scripts/benches/nginx.sh >nginx.log 2>&1 &
servers+=($!)
until curl -fso /dev/null http://127.0.0.1:8392/; do sleep 0.1; done
nginx_pid=$(pgrep -f "nginx: worker" | tail -1)
etag() { curl -fsI -H 'Accept-Encoding: gzip' "$1" | tr -d '\r' | awk 'tolower($1) == "etag:" { print $2 }'; }
compare() {
  local title=$1 goal=$2 connections
  shift 2
  for connections in ${CONNECTIONS:-64 256}; do
    echo "== $title, $connections connections (goal: $goal times nginx)"
    CONNS=$connections ROUNDS=${ROUNDS:-5} SECS=${SECS:-3} WRK_CPU=1 "$root"/scripts/benches/interleaved.sh "$@"
  done
}
nginx=http://127.0.0.1:8392/=$nginx_pid
source "$root/scripts/benches/bare.sh"
HDR='Accept-Encoding: gzip' compare gzip 1.30 "nginx=$nginx" "signpost=$at/$code=$signpost_pid" "${beside[@]}"
HDR='Accept-Encoding: identity' compare plain 1.00 "nginx=$nginx" "signpost=$at/$code=$signpost_pid"
# The feed, because the page says what time it is: its validator lasts a minute.
HDR='Accept-Encoding: gzip' compare 304 1.00 "nginx=$nginx=If-None-Match: $(etag http://127.0.0.1:8392/)" \
  "signpost=$at/$code/feed.atom=$signpost_pid=If-None-Match: $(etag "$at/$code/feed.atom")"
