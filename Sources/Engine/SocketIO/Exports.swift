// `import Engine` is enough: what a socket's events are made of comes with it. Exported, and not
// named again: a closure that is given to a function of a module that its file does not import is
// asked for its actor each time it runs, which takes 300 instructions.
// Next: More/Namespaces/MoreExports.swift for names of the other modules.

@_exported import SocketIOEvents
