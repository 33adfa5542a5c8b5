// Limits of requests that no stage needs: of chunked bodies, and of bodies by their paths.
// Next: ../HTTPLimits.swift, ChunkedBody.swift, PathPattern.swift.

/// Limits that the core does not know.
private struct FurtherLimits: Sendable {
    /// Bodies that are longer, or shorter, than the others may be.
    struct Body: Sendable {
        let method: String
        let path: String
        let pattern: PathPattern?
        let limit: Int
    }

    var bodies: [Body] = []
    var chunkExtensions = 1_024
    var trailers = 8 * 1_024
}

extension HTTPLimits {
    private var further: FurtherLimits {
        get { extras.flatMap { $0 as? FurtherLimits } ?? FurtherLimits() }
        set { extras = newValue }
    }

    /// The most bytes of chunk extensions in one body. No client is known to send any, and without
    /// a limit each byte of a body could cost kilobytes of line. Over it: 400.
    public var chunkExtensions: Int {
        get { further.chunkExtensions }
        set { further.chunkExtensions = newValue }
    }

    /// The most bytes of trailer lines behind a chunked body, which are read and thrown away.
    /// Over it: 431.
    public var trailers: Int {
        get { further.trailers }
        set { further.trailers = newValue }
    }

    /// Bodies of requests by this method to this path may have so many bytes.
    package mutating func setBody(_ limit: Int, method: String, path: String) {
        further.bodies.removeAll { $0.method == method && $0.path == path }
        further.bodies.append(
            FurtherLimits.Body(
                method: method, path: path, pattern: PathPattern(path), limit: limit))
    }

    func of(_ head: HTTPRequestHead) -> HTTPLimits {
        guard extras != nil else { return self }
        let (method, path) = (head.method, head.path)
        let bodies = further.bodies.filter { $0.method == method }
        // As routes are chosen: the very path first, then the most particular pattern.
        let found =
            bodies.first { $0.path == path }
            ?? bodies.filter { $0.pattern?.values(in: head.rawPath) != nil }
            .max { ($0.pattern?.rank ?? 0) < ($1.pattern?.rank ?? 0) }
        guard let found else { return self }
        var limits = self
        limits.body = found.limit
        return limits
    }
}
