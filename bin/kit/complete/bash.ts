/** For bash from 3.2 on, as macOS has it; what stands behind `run … --` is left to bash-completion, where that is loaded. */
export const bash = `# bash completion for mock-suite. Load it with: source <(mock-suite completion bash)
_mock_suite() {
  local line=\${COMP_LINE:0:COMP_POINT} typed=() n=0 i=0 glued word told kind='' breaks='' ahead=''
  COMPREPLY=()
  # bash parts words at colons and equals signs: what touches belongs together.
  while [ "$i" -le "$COMP_CWORD" ]; do
    glued=1
    case $line in [[:space:]]*) glued=0; line=\${line#"\${line%%[![:space:]]*}"} ;; esac
    word=\${COMP_WORDS[i]}
    [ "$i" -eq "$COMP_CWORD" ] && word=$line
    if [ "$glued" -eq 1 ] && [ "$n" -gt 0 ]; then
      typed[n-1]=\${typed[n-1]}$word
    else
      typed[n]=$word
      n=$((n + 1))
    fi
    line=\${line#"$word"}
    i=$((i + 1))
  done
  word=\${typed[n-1]}
  # It puts what we say in place of the last part alone.
  case $COMP_WORDBREAKS in *:*) breaks=: ;; esac
  case $COMP_WORDBREAKS in *=*) breaks=$breaks= ;; esac
  [ -n "$breaks" ] && ahead=\${word%"\${word##*[$breaks]}"}
  line=\${word#"$ahead"}
  while IFS=$'\\t' read -r word told; do
    if [ -z "$kind" ]; then
      kind=$word
    else
      printf -v word %q "\${word#"$ahead"}"
      COMPREPLY[\${#COMPREPLY[@]}]=$word
    fi
  done < <("\${typed[0]}" __complete -- "\${typed[@]:1}" 2>/dev/null)
  case $kind in
    files | folders)
      [ "$kind" = files ] && kind=-f || kind=-d
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do COMPREPLY[\${#COMPREPLY[@]}]=$word; done < <(compgen "$kind" -- "$line")
      ;;
    command*)
      i=1
      while [ "\${COMP_WORDS[i]}" != -- ]; do i=$((i + 1)); done
      if declare -F _command_offset >/dev/null; then
        _command_offset "$((i + 1))"
      else
        [ "$COMP_CWORD" -eq "$((i + 1))" ] && kind=-c || kind=-f
        compopt -o filenames 2>/dev/null
        while IFS= read -r word; do COMPREPLY[\${#COMPREPLY[@]}]=$word; done < <(compgen "$kind" -- "$line")
      fi
      ;;
  esac
}
complete -F _mock_suite mock-suite
`
