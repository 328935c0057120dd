# An update from its commit until there is a message for each of its readers, and how
# the cost of one grows. An audience above HOLD_ABOVE is held, as a large one is; to
# that below the first leave meanwhile (into Postfix's smtp-sink).
#   SIZES="10000 100000 1000000" DATABASE=sqlite|postgres HOLD_ABOVE=50000
command -v smtp-sink >/dev/null || {
  apt-get update -q >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends postfix >/dev/null 2>&1
}
smtp-sink -u nobody 127.0.0.1:8393 512 >sink.log 2>&1 &
servers+=($!)
export SIGNPOST_EMAIL__URL="smtp://127.0.0.1:8393?tls=none" SIGNPOST_EMAIL__FROM=updates@status.example
export SIGNPOST_DELIVERY__HOLD_ABOVE=${HOLD_ABOVE:-50000}
source "$root/scripts/benches/database.sh"
real=/nowhere country
# More than these are copies, whose contacts nobody can open: what is measured is the
# putting together, and what follows is stopped.
real_readers=10000
subscribers $real_readers email
have=$real_readers

# grow NUMBER: so many more subscribers, each with one subscription.
grow() {
  if [[ ${DATABASE:-sqlite} == postgres ]]; then
    PGOPTIONS="-c search_path=$schema" psql -q "$SIGNPOST_TEST_POSTGRES" <<SQL
-- Ids begin with the time, as the real ones do (RFC 9562, 5.7).
create temp table copies as select cast(lpad(to_hex(cast(extract(epoch from now()) * 1000 as bigint) + row_number() over () / 10), 12, '0') || substr(replace(gen_random_uuid()::text, '-', ''), 13) as uuid) as id, s.id as of
  from (select id from subscribers limit $real_readers) s, generate_series(1, $1 / $real_readers);
insert into subscribers (id, channel, contact_sealed, contact_hash, locale, created_at, confirmed_at, codes_unanswered)
  select c.id, channel, contact_sealed, decode(replace(c.id::text, '-', ''), 'hex'), locale, created_at, confirmed_at, 0
  from copies c join subscribers s on s.id = c.of;
insert into subscriptions (subscriber_id, organisation, created_at, confirmed_at, code_tries)
  select c.id, organisation, created_at, confirmed_at, 0 from copies c join subscriptions n on n.subscriber_id = c.of;
SQL
  else
    python3 - "$1" $real_readers <<'PY'
import sqlite3, sys
more, real = int(sys.argv[1]), int(sys.argv[2])
db = sqlite3.connect("signpost.db")
db.executescript(f"""
create temp table copies as with recursive k (n) as (select 1 union all select n + 1 from k where n < {more // real})
  select randomblob(16) as id, s.id as of from k, (select id from subscribers limit {real}) s;
insert into subscribers (id, channel, contact_sealed, contact_hash, locale, created_at, confirmed_at, codes_unanswered)
  select c.id, channel, contact_sealed, c.id, locale, created_at, confirmed_at, 0 from copies c join subscribers s on s.id = c.of;
insert into subscriptions (subscriber_id, organisation, created_at, confirmed_at, code_tries)
  select c.id, organisation, created_at, confirmed_at, 0 from copies c join subscriptions n on n.subscriber_id = c.of;
""")
PY
  fi
}
for size in ${SIZES:-10000 100000 1000000}; do
  [[ $size -gt $have ]] && grow $((size - have))
  have=$size
  serve_all
  ready
  update=$(post_national)
  until [[ $(ask "select count(*) from broadcasts where expanded_at is null" "select count(*) from broadcasts where expanded_at is null") == 0 ]]; do sleep 1; done
  read -r due _ < <(took "$update")
  memory=$(memory)
  # What has not left goes away with the server; the next size is a new start.
  curl -fso /dev/null -X POST -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d '{"correction": "The phones work."}' "$at/api/v1/updates/$update/withdrawal"
  kill -9 "${servers[@]:1}"
  servers=("${servers[0]}")
  python3 -c 'import sys; n, s, m = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]; print(f"{n:,} readers: due after {s:.1f} s, {n / s:,.0f} a second, {s / n * 1e6:.1f} µs each, {m} MiB")' "$size" "$due" "$memory"
done
echo "(goal: 1,000,000 due within 30 s on Postgres)"
