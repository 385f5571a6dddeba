# Sourced by the scripts beside it: runs steps, and counts what passed and failed.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2

passed=0
failed=0

# Runs one step; a step whose last line is `N passed, N failed` adds these, any other counts as one.
step() {
  local title=$1 log status line began=$SECONDS
  shift
  log=$(mktemp)
  printf '\n== %s\n' "$title"
  "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
  rm -f "$log"
  if [ -n "$line" ]; then
    passed=$((passed + $(echo "$line" | cut -d' ' -f1)))
    failed=$((failed + $(echo "$line" | cut -d' ' -f3)))
    if [ "$status" -ne 0 ] && [ "$(echo "$line" | cut -d' ' -f3)" -eq 0 ]; then failed=$((failed + 1)); fi
  elif [ "$status" -eq 0 ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf '== %s failed with exit status %s\n' "$title" "$status"
  fi
  printf '== %s took %s s\n' "$title" "$((SECONDS - began))"
}

# The closing line, and the exit status.
finish() {
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
