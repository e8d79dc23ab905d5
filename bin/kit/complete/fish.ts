/** For fish from 3.0 on. */
export const fish = `# fish completion for mock-suite. Keep it as ~/.config/fish/completions/mock-suite.fish
function __mock_suite_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l program $typed[1]
    set -e typed[1]
    set -l answer ($program __complete -- $typed "$current" 2>/dev/null)
    switch "$answer[1]"
        case words
            set -e answer[1]
            test (count $answer) -gt 0; and printf '%s\\n' $answer
        case files folders
            set -l ahead (string match -r -- '^--[^=]*=' "$current")
            set -l rest (string replace -r -- '^--[^=]*=' '' "$current")
            set -l found
            if test "$answer[1]" = files
                set found (__fish_complete_path "$rest")
            else
                set found (__fish_complete_directories "$rest")
            end
            for one in $found
                echo "$ahead$one"
            end
        case 'command *'
            set -l at (string replace 'command ' '' -- $answer[1])
            set -l own
            test (count $typed) -ge $at; and set own (string escape -- $typed[$at..-1])
            complete -C (string join ' ' -- $own "$current")
    end
end
complete -c mock-suite -f -a '(__mock_suite_complete)'
`
