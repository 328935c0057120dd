# From the start of the process to the first page out of the snapshot, with
# nothing behind database_url; and to the first page out of the database.
country
serve
ready
until [[ -s signpost.snapshot ]]; do sleep 0.1; done
sleep 1
kill "$signpost_pid"
wait "$signpost_pid" 2>/dev/null || true
echo "snapshot: $(stat -c %s signpost.snapshot) bytes"
first() {
  local began=$EPOCHREALTIME
  "$@" >>server.log 2>&1 &
  servers+=($!)
  until curl -fso /dev/null "$at/$code"; do sleep 0.005; done
  awk -v a="$began" -v b="$EPOCHREALTIME" -v n="$what" 'BEGIN { printf "%s: first page after %.0f ms\n", n, (b - a) * 1000 }'
  kill "${servers[-1]}"
  wait "${servers[-1]}" 2>/dev/null || true
}
for _ in 1 2 3; do
  what="from the database"; first "$binary" serve --listen 127.0.0.1:$port
  what="from the snapshot, database gone"; first "$binary" --database-url postgres://nobody@127.0.0.1:1/nothing serve --listen 127.0.0.1:$port
done
