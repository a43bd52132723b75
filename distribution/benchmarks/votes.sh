# Durable votes a second through HTTP against bare JDBC inserts into the same database.

VOTE_IDEAS=5000 VOTE_MEMBERS=5000

# one_engine NAME DATA [--db …]
one_engine() {
  local engine=$1 data=$2 n=${rounds:-5} round url=http://127.0.0.1:$port bare=() costs=() rates=() p50s=() p99s=() failed=0 first=0 before
  shift 2
  local jdbc=${2:-jdbc:derby:$data/database/notreville}
  prepare "$data" "$port" $VOTE_IDEAS $VOTE_MEMBERS 0 "$@"
  bare_inserts
  launch "$ours" "$data" "$port" "$@"
  local server=$pid
  wait_for "$server" "$port" /ideas
  indexed "$data" idea member organisation
  say "votes on $engine: warming up"
  warm "$warm" 32 vote.lua "$url/" $VOTE_IDEAS $VOTE_MEMBERS 0
  for round in $(seq "$n"); do
    say "votes on $engine, round $round of $n"
    # far enough on that no pair comes twice
    first=$((first + 1000000))
    before=$(ticks "$server")
    load "$seconds" 32 vote.lua "$url/" $VOTE_IDEAS $VOTE_MEMBERS $first
    costs+=("$(calc "($(ticks "$server") - $before) / $requests" 3)")
    rates+=("$rate") p50s+=("$p50") p99s+=("$p99") failed=$((failed + failures))
  done
  stop "$server"
  bare_inserts
  local mean rate p99
  mean=$(median "${bare[@]}") rate=$(median "${rates[@]}") p99=$(median "${p99s[@]}")
  echo "| $engine | $rate ($(spread "${rates[@]}")) | $(median "${p50s[@]}") | $p99 | $(median "${costs[@]}") | $failed | $(calc "$mean") ($(spread "${bare[@]}")) | $(calc "$rate / $mean" 2) | ≥ 0.2 $(holds "$rate / $mean" '>=' 0.2), p99 < 60 ms $(holds "$p99" '<' 60) |" >> "$work/votes.md"
}

bare_inserts() {
  local result i
  for i in 1 2; do
    result=$(tool Bare "$jdbc" notreville 32 $VOTE_IDEAS $((warm / 6)) "$seconds" | sed -n 's/^RESULT //p')
    bare+=("$result")
  done
}

measure_votes() {
  : > "$work/votes.md"
  one_engine Derby "$work/votes"
  if [ "$postgresql" != no ]; then
    start_postgresql
    one_engine "$("$postgresql_bin/postgres" --version | sed 's/.*(PostgreSQL) \([0-9.]*\).*/PostgreSQL \1/'), fsync on" \
      "$work/votes-postgresql" "${db_options[@]}"
    stop_postgresql
  fi
  cat << EOF

## votes: PUT /api/v1/ideas/{id}/vote, wrk -t1 -c32 for $seconds s, $VOTE_MEMBERS members' sessions, each request another pair; median of ${rounds:-5} (range)

Bare JDBC: 32 writers, one row a transaction into a table of the same shape in the same database, twice before and twice after.

| database | votes/s | p50 ms | p99 ms | processor ms of the server | failed | bare JDBC inserts/s | ratio | targets |
|---|---|---|---|---|---|---|---|---|
$(cat "$work/votes.md")
EOF
}
