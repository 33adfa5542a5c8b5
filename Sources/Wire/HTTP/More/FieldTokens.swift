// Fields that hold a list of tokens. A server's decoder has looked at those that it asks about;
// this is for the other side, and for tests. In: a token, a field's name. Out: whether it is there.
// Next: ../HTTPFields.swift.

import EngineBytes

extension HTTPFields {
    /// Whether a field holds a token in its comma-separated list: `Connection: upgrade`.
    package func has(_ token: String, in name: String) -> Bool {
        all(named: name).contains { value in
            Array(value.utf8).split(separator: .comma).contains {
                $0.trimmed.equalsIgnoringCase(token.utf8)
            }
        }
    }
}
