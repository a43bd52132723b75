# Requests a second of pages against a hello servlet in the same container, taken in turn.

measure_pages() {
  local n=${rounds:-5} data=$work/pages round page idea before
  mkdir -p "$data/deploy"
  cp "$hello" "$data/deploy/"
  launch "$ours" "$data" "$port" --sample
  local server=$pid url=http://127.0.0.1:$port
  wait_for "$server" "$port" /ideas
  wait_for "$server" "$port" /hello
  idea=$(first_idea "$port")
  local pages=(/hello /ideas "/api/v1/ideas?limit=20" "/ideas/$idea" /)
  local titles=('hello servlet' 'list of ideas, HTML' 'list of ideas, JSON' 'an idea, HTML' 'home, HTML')
  say "pages: warming up"
  warm "$warm" 16 get.lua "$url/ideas"
  for page in 0 2 3 4; do warm $((warm / 4)) 16 get.lua "$url${pages[page]}"; done
  local -A costs=() rates=() p50s=() p99s=() failed=()
  for round in $(seq "$n"); do
    say "pages, round $round of $n"
    for page in 0 1 2 3 4; do
      before=$(ticks "$server")
      load "$seconds" 16 get.lua "$url${pages[page]}"
      costs[$page]+=" $(calc "($(ticks "$server") - $before) / $requests" 3)"
      rates[$page]+=" $rate" p50s[$page]+=" $p50" p99s[$page]+=" $p99" failed[$page]=$((${failed[$page]:-0} + failures))
    done
  done
  stop "$server"
  local reference slowest
  reference=$(median ${rates[0]})
  cat << EOF

## pages: wrk -t1 -c16 for $seconds s, median of $n (range); anonymous, sample town on Derby

| | requests/s | p50 ms | p99 ms | processor ms of the server | of hello | failed | targets |
|---|---|---|---|---|---|---|---|
EOF
  for page in 0 1 2 3 4; do
    rate=$(median ${rates[$page]}) p99=$(median ${p99s[$page]})
    slowest=
    [ $page != 1 ] || slowest="≥ 1,000/s $(holds "$rate" '>=' 1000), ≥ 1/40 $(holds "$rate / $reference" '>=' 0.025), p99 < 50 ms $(holds "$p99" '<' 50)"
    echo "| ${titles[page]} | $rate ($(spread ${rates[$page]})) | $(median ${p50s[$page]}) | $p99 | $(median ${costs[$page]}) | 1/$(calc "$reference / $rate" 1) | ${failed[$page]} | $slowest |"
  done
}

# first_idea PORT : the id of one
first_idea() {
  local body
  exec 3<> "/dev/tcp/127.0.0.1/$1"
  printf 'GET /api/v1/ideas?limit=1 HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
  body=$(cat <&3)
  exec 3>&- 3<&-
  sed -n 's/.*"items":\[{"id":"\([0-9]*\)".*/\1/p' <<< "$body"
}
