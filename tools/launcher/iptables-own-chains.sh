#!/bin/sh
# Stands before the real iptables on the PATH of an engine that the launcher starts. Every dockerd uses the same chain
# names and empties them when it starts, so a second one on a machine would wipe the first one's isolation rules. Here
# each engine gets chains of its own: DOCKER... becomes $OSIRIS_CHAIN..., of the same length (a chain's name ends at 28).
for argument do
  shift
  case $argument in
    DOCKER*) argument="$OSIRIS_CHAIN${argument#DOCKER}" ;;
  esac
  set -- "$@" "$argument"
done
PATH=$OSIRIS_SYSTEM_PATH exec "${0##*/}" "$@"
