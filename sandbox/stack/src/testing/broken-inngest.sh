#!/bin/sh
# A test's Inngest server: it can tell its version, and ends when it is started.
if [ "$1" = version ]; then
  echo 'inngest version 0.0.0-broken'
  exit 0
fi
echo 'cannot open the moon' >&2
exit 3
