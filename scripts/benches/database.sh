# Which database what is sent is measured on: DATABASE=sqlite|postgres. On
# Postgres (SIGNPOST_TEST_POSTGRES, from scripts/counterparts) there are two couriers.
if [[ ${DATABASE:-sqlite} == postgres ]]; then
  schema=bench_$$
  psql -q "$SIGNPOST_TEST_POSTGRES" -c "create schema $schema"
  trap 'kill "${servers[@]}" 2>/dev/null || true; psql -q "$SIGNPOST_TEST_POSTGRES" -c "set client_min_messages = error; drop schema $schema cascade" 2>/dev/null; rm -rf "$work"' EXIT
  mark='?'
  [[ $SIGNPOST_TEST_POSTGRES == *\?* ]] && mark='&'
  export SIGNPOST_DATABASE_URL="$SIGNPOST_TEST_POSTGRES${mark}options[search_path]=$schema"
  export SIGNPOST_SECRET_KEY_FILE=$work/signpost.key
fi

# serve_all: one process; on Postgres beside it one that only sends.
serve_all() {
  serve
  [[ ${DATABASE:-sqlite} == postgres ]] || return 0
  ready
  "$binary" serve --role worker --listen 127.0.0.1:8390 >worker.log 2>&1 &
  servers+=($!)
}
