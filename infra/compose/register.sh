#!/bin/sh
# Registers agents and leaves each its config.toml: register.sh FOLDER ID REGION [FOLDER ID REGION]...
# FOLDER/agent.jwk is the agent's public key. What is registered already stays as it is.
set -eu
umask 077

while [ $# -gt 0 ]; do
  folder=$1 id=$2 region=$3
  shift 3
  if [ ! -s "$folder/report.toml" ]; then
    webmon-server agents add --id "$id" --region "$region" <"$folder/agent.jwk" >"$folder/report.new"
    mv "$folder/report.new" "$folder/report.toml"
  fi
  {
    cat /pages.toml
    echo
    cat "$folder/report.toml"
    echo 'flush_interval = 1'
  } >"$folder/config.new"
  mv "$folder/config.new" "$folder/config.toml"
done
