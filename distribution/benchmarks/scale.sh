# Processor time of the server for a request, by the number of ideas; all sizes run side by side and are asked in turn.

measure_scale() {
  local n=${rounds:-5} round size at servers=() ports=() all=() i q
  at=$port
  for size in $sizes; do
    local members=$((size / 10 > 1000 ? size / 10 : 1000))
    prepare "$work/scale-$size" "$port" "$size" "$members" 4
    all+=("$size")
  done
  for size in $sizes; do
    launch "$ours" "$work/scale-$size" "$at"
    servers+=("$pid") ports+=("$at")
    wait_for "$pid" "$at" /ideas
    at=$((at + 1))
  done
  say "scale: waiting for the search index"
  for size in $sizes; do indexed "$work/scale-$size" idea member organisation; done
  local titles=('list page, recent' 'list page, popular' 'list page, trending' 'list page, one neighbourhood' 'list page, deep, by cursor'
    'list page, search' 'JSON list, recent' 'JSON list, deep, by cursor')
  local paths=(/ideas '/ideas?sort=popular' '/ideas?sort=trending' "/ideas?neighbourhood=$(neighbourhood "$port")" /ideas
    '/ideas?q=jardin+ombre' '/api/v1/ideas' '/api/v1/ideas')
  local deep=('' '' '' '' 1 '' '' 1)
  for i in "${!all[@]}"; do
    say "scale: warming up at ${all[i]} ideas"
    for q in "${!paths[@]}"; do ask $((warm / 4)) "$i" "$q" > /dev/null; done
  done
  local -A cost=() speed=()
  for round in $(seq "$n"); do
    say "scale, round $round of $n"
    for q in "${!paths[@]}"; do
      for i in "${!all[@]}"; do
        local before used
        before=$(ticks "${servers[i]}")
        ask "$seconds" "$i" "$q"
        used=$(ticks "${servers[i]}")
        cost[$q,$i]+=" $(calc "($used - $before) / $requests" 3)"
        speed[$q,$i]+=" $rate"
      done
    done
  done
  for pid in "${servers[@]}"; do stop "$pid"; done
  echo
  echo "## scale: processor time of the server for a request in ms, and requests/s of wrk -t1 -c16 for $seconds s; median of $n"
  echo
  printf '| |'; printf ' %s ideas |' "${all[@]}"; echo ' largest to smallest | target ≤ 1.3 |'
  printf '|---|'; printf -- '---|%.0s' "${all[@]}"; echo '---|---|'
  for q in "${!paths[@]}"; do
    printf '| %s |' "${titles[q]}"
    for i in "${!all[@]}"; do printf ' %s ms, %s/s |' "$(median ${cost[$q,$i]})" "$(median ${speed[$q,$i]})"; done
    local most=$((${#all[@]} - 1)) ratio
    ratio=$(calc "$(median ${cost[$q,$most]}) / $(median ${cost[$q,0]})" 2)
    echo " $ratio | $(holds "$ratio" '<=' 1.3) |"
  done
}

# ask SECONDS SERVER QUESTION
ask() {
  if [ -n "${deep[$3]}" ]; then
    load "$1" 16 get.lua "http://127.0.0.1:${ports[$2]}${paths[$3]}" "$work/scale-${all[$2]}/pages.txt"
  else
    load "$1" 16 get.lua "http://127.0.0.1:${ports[$2]}${paths[$3]}"
  fi
}

# neighbourhood PORT : the id of one
neighbourhood() {
  local body
  exec 3<> "/dev/tcp/127.0.0.1/$1"
  printf 'GET /api/v1/neighbourhoods HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
  body=$(cat <&3)
  exec 3>&- 3<&-
  grep -o '"id":"[^"]*"' <<< "$body" | sed -n '1s/"id":"\(.*\)"/\1/p'
}
