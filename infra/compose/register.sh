#!/bin/sh
# Registers agents and leaves each its config.toml: register.sh FOLDER ID REGION [FOLDER ID REGION]...
# FOLDER/agent.jwk is the agent's public key. An agent that has its block keeps it.
set -eu
umask 077

while [ $# -gt 0 ]; do
  folder=$1 id=$2 region=$3
  shift 3
  if [ ! -s "$folder/block.toml" ]; then
    webmon-server agents add --id "$id" --region "$region" --server-url http://server:8080 \
      <"$folder/agent.jwk" >"$folder/block.new"
    mv "$folder/block.new" "$folder/block.toml"
  fi
  {
    cat /pages.toml
    echo
    # [agent] stands in pages.toml already.
    sed -n -e '/^\[report\]$/,$ p' -e '/^\[report\]$/ a flush_interval = 1' "$folder/block.toml"
  } >"$folder/config.new"
  mv "$folder/config.new" "$folder/config.toml"
done
