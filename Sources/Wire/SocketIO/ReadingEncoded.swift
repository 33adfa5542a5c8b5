// What was encoded to be sent, read again: for those who want to see what leaves.
// In: a payload of our own. Out: its arguments.
// Next: Arguments.swift, Events/More/CatchAll.swift.

extension Arguments {
    /// The arguments of an event that is ready to be sent. Finding where they lie costs one pass
    /// over the text; nothing is decoded before somebody asks. Nil where no decoder of ours would
    /// take it: it is nested too deeply, or has too many arguments.
    package init?(event encoded: EncodedArguments) {
        let json = encoded.json[...]
        guard let elements = try? JSONScanner.elements(of: json, limits: .ofServers) else {
            return nil
        }
        self.init(
            json: json, elements: elements, hasName: true, attachments: encoded.attachments)
    }

    /// The same for an acknowledgement, which has no name.
    package init?(acknowledgement encoded: EncodedArguments) {
        let json = encoded.json[...]
        guard let elements = try? JSONScanner.elements(of: json, limits: .ofServers) else {
            return nil
        }
        self.init(
            json: json, elements: elements, hasName: false, attachments: encoded.attachments)
    }
}
