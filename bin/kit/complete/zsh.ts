/** For zsh with its completion system loaded; works as a file on `fpath` and as a script that is read. */
export const zsh = `#compdef mock-suite
# zsh completion for mock-suite. Load it with: source <(mock-suite completion zsh)
_mock_suite() {
  local kind line word told
  local -a typed lines described
  (( CURRENT > 2 )) && typed=("\${(@Q)words[2,CURRENT-1]}")
  typed+=("\${(Q)PREFIX}")
  lines=("\${(@f)$("\${(Q)words[1]}" __complete -- "\${(@)typed}" 2>/dev/null)}")
  kind=\${lines[1]}
  case $kind in
    command\\ *)
      shift "\${kind#command }" words
      (( CURRENT -= \${kind#command } ))
      _normal
      ;;
    files)
      [[ $PREFIX == --*=* ]] && compset -P '*='
      _files
      ;;
    folders)
      [[ $PREFIX == --*=* ]] && compset -P '*='
      _files -/
      ;;
    words)
      for line in "\${(@)lines[2,-1]}"; do
        word=\${line%%$'\\t'*}
        told=\${line#*$'\\t'}
        [[ -n $word ]] && described+=("\${word//:/\\\\:}\${told:+:$told}")
      done
      (( $#described )) && _describe mock-suite described
      ;;
  esac
}
if [[ \${funcstack[1]} == _mock_suite ]]; then
  _mock_suite "$@"
else
  compdef _mock_suite mock-suite
fi
`
