#!/bin/sh
# A double of the program `docker`, for machines without it. It does what the stack asks for in the simplest way, writes
# each call to `calls`, and in a `docker compose up` stays like a container that runs. A test makes it behave otherwise
# by a script `<verb>.sh` beside it.
folder=$(dirname "$0")
printf '%s\n' "$*" >> "$folder/calls"
verb=$1
if [ "$1" = compose ]; then
  shift
  while [ $# -gt 0 ]; do
    case $1 in
      --progress | --ansi | --env-file | -f | -p) shift 2 ;;
      *) break ;;
    esac
  done
  verb=compose-$1
fi
if [ -f "$folder/$verb.sh" ]; then
  . "$folder/$verb.sh"
  exit
fi
case $verb in
  context) echo unix:///var/run/docker.sock ;;
  version) echo '{"Client":{"Version":"28.2.2"},"Server":{"Version":"28.2.2","Platform":{"Name":"Docker Engine - Community"},"Components":[{"Name":"Engine"}]}}' ;;
  compose-version) echo 2.39.1 ;;
  compose-create) rm -f "$folder/stopped" ;;
  compose-stop | compose-kill) touch "$folder/stopped" ;;
  compose-up)
    env > "$folder/environment"
    trap 'echo "up: asked to end" >> "$folder/calls"; exit 130' TERM
    echo 'the container says: hello'
    touch "$folder/running"
    # It ends with its test, which takes the folder away.
    while [ -e "$folder/docker" ] && [ ! -e "$folder/stopped" ]; do sleep 0.05; done
    ;;
esac
exit 0
