// In: the bytes of one head, up to and with its empty line. Out: the head and how its body is
// framed, or the first rule that it breaks. Strict where laxness has let requests be smuggled past
// proxies. Spec: RFC 9112 §3, §5, §6. Next: HTTPRequestDecoder.swift.

import EngineBytes

/// Parses one head, line by line.
struct HTTPHeadParser {
    private let bytes: [UInt8]
    private let limits: HTTPLimits
    private var position = 0
    private var head: HTTPRequestHead
    private var saysClose = false
    /// How the end of the body is found: by its length, none without one, or by the body itself.
    /// Spec: RFC 9112 §6.3
    private(set) var contentLength: Int?
    private(set) var isChunked = false
    private(set) var expectsContinue = false

    init(_ bytes: [UInt8], limits: HTTPLimits) {
        self.bytes = bytes
        self.limits = limits
        head = HTTPRequestHead(bytes: bytes)
    }

    /// Parses everything.
    mutating func parse() throws(HTTPError) -> HTTPRequestHead {
        head.methodEnd = try parseMethod()
        head.targetRange = try parseTarget()
        try parseVersion()
        head.pathRange = try pathRange(in: head.targetRange)
        head.fieldsStart = position
        try parseFields()
        if isChunked, contentLength != nil { throw .lengthBesideTransferCoding }
        guard head.hostRange != nil || head.minorVersion == 0 else { throw .missingHost }
        if saysClose { head.keepsAlive = false }
        return head
    }

    // MARK: - The request line

    private mutating func parseMethod() throws(HTTPError) -> Int {
        while position < bytes.count, bytes[position].isToken { position += 1 }
        guard position > 0, position < bytes.count, bytes[position] == .space else {
            throw .malformedRequestLine
        }
        position += 1
        return position - 1
    }

    private mutating func parseTarget() throws(HTTPError) -> Range<Int> {
        let start = position
        // A fragment stays in the client.
        while position < bytes.count, bytes[position] > .space, bytes[position] < .delete,
            bytes[position] != UInt8(ascii: "#")
        {
            position += 1
        }
        guard position > start else { throw .malformedRequestLine }
        guard position - start <= limits.target else { throw .targetTooLong(limit: limits.target) }
        guard bytes[position] == .space else {
            throw bytes[position] == .cr ? .malformedRequestLine : .malformedTarget
        }
        position += 1
        return start..<(position - 1)
    }

    private mutating func parseVersion() throws(HTTPError) {
        let end = bytes[position...].firstIndex(of: .cr) ?? bytes.endIndex
        let version = bytes[position..<end]
        guard version.count == 8, version.prefix(5).equals("HTTP/"),
            version[position + 5].isDigit, version[position + 6] == UInt8(ascii: "."),
            let minor = version[position + 7].digitValue
        else { throw .malformedRequestLine }
        guard version[position + 5] == UInt8(ascii: "1") else { throw .unsupportedVersion }
        guard end + 1 < bytes.count, bytes[end + 1] == .lf else { throw .malformedRequestLine }
        head.minorVersion = Int(minor)
        head.keepsAlive = minor > 0
        position = end + 2
    }

    /// The path within the target: all of it up to the query, or, of a target as proxies send it,
    /// what follows the authority.
    /// Spec: RFC 9112 §3.2
    private func pathRange(in target: Range<Int>) throws(HTTPError) -> Range<Int> {
        if head.hasMethod("CONNECT") { throw .tunnelRefused }
        if bytes[target].equals("*") {
            guard head.hasMethod("OPTIONS") else { throw .malformedTarget }
            return target
        }
        var start = target.lowerBound
        if bytes[start] != .slash {
            start = try authorityEnd(in: target)
        }
        let end = bytes[start..<target.upperBound].firstIndex(of: .questionMark)
        let path = start..<(end ?? target.upperBound)
        // Escapes are checked once, here, so that their errors need no handling later.
        if bytes[path].contains(.percent) {
            guard let decoded = percentDecoded(bytes[path]),
                !decoded.contains(0), UTF8Validator.isValid(decoded[...])
            else { throw .malformedTarget }
        }
        return path
    }

    private func authorityEnd(in target: Range<Int>) throws(HTTPError) -> Int {
        let text = bytes[target]
        for scheme in ["http://", "https://"] as [StaticString] {
            let count = scheme.utf8CodeUnitCount
            guard text.prefix(count).equalsIgnoringCase(scheme) else { continue }
            let rest = text.dropFirst(count)
            let end = rest.firstIndex { $0 == .slash || $0 == .questionMark } ?? text.endIndex
            guard end > rest.startIndex else { throw .malformedTarget }
            return end
        }
        throw .malformedTarget
    }

    // MARK: - The fields

    private mutating func parseFields() throws(HTTPError) {
        var count = 0
        while position < bytes.count - 2 {
            count += 1
            guard count <= limits.fields else { throw .tooManyFields(limit: limits.fields) }
            try parseField()
        }
    }

    private mutating func parseField() throws(HTTPError) {
        let start = position
        if bytes[start] == .space || bytes[start] == .tab { throw .foldedField }
        var colon = start
        while bytes[colon].isToken { colon &+= 1 }
        guard colon > start, bytes[colon] == .colon else { throw .malformedFieldName }
        var end = colon + 1
        while bytes[end] != .cr {
            let byte = bytes[end]
            guard byte >= .space || byte == .tab, byte != .delete else {
                throw .controlCharacterInValue
            }
            end &+= 1
        }
        // The decoder has seen to it that each line ends in CR LF, so CR alone is a bare one.
        guard bytes[end + 1] == .lf else { throw .controlCharacterInValue }
        position = end + 2
        try note(bytes[start..<colon], bytes[(colon + 1)..<end].trimmed)
    }

    /// Remembers the fields that say something about the message itself, and those that every
    /// request is asked about.
    private mutating func note(
        _ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>
    ) throws(HTTPError) {
        switch name.count {
        case 4 where name.equalsIgnoringCase("host"):
            guard head.hostRange == nil, isHost(value) else { throw .malformedHost }
            head.hostRange = value.smallIndices
        case 6 where name.equalsIgnoringCase("origin"): head.hasOrigin = true
        case 6 where name.equalsIgnoringCase("expect"):
            guard value.equalsIgnoringCase("100-continue") else { throw .unknownExpectation }
            expectsContinue = head.minorVersion > 0
        case 7 where name.equalsIgnoringCase("upgrade"):
            if value.lists("websocket") { head.asksForWebSocket = true }
        case 10 where name.equalsIgnoringCase("connection"):
            if value.lists("close") { saysClose = true }
            if value.lists("keep-alive") { head.keepsAlive = true }
            if value.lists("upgrade") { head.saysUpgrade = true }
        case 14 where name.equalsIgnoringCase("content-length"):
            // One number, or the same number again. Spec: RFC 9112 §6.3
            guard let length = value.decimalNumber else { throw .malformedContentLength }
            guard contentLength ?? length == length else { throw .differingContentLengths }
            contentLength = length
        case 17 where name.equalsIgnoringCase("transfer-encoding"):
            guard head.minorVersion > 0 else { throw .transferCodingInOldVersion }
            guard !isChunked, value.equalsIgnoringCase("chunked") else {
                throw .unknownTransferCoding
            }
            isChunked = true
        case 17 where name.equalsIgnoringCase("sec-websocket-key"):
            head.keyRange = head.keyRange == nil ? value.smallIndices : 0..<0
        case 21 where name.equalsIgnoringCase("sec-websocket-version"):
            head.hasVersion13 = head.hasVersion13 == nil && value.equals("13")
        case 22 where name.equalsIgnoringCase("sec-websocket-protocol"): head.hasProtocols = true
        default: break
        }
    }

    /// Whether nothing in a value ends a host and its port, or stands in front of them.
    /// Spec: RFC 9112 §3.2
    private func isHost(_ value: ArraySlice<UInt8>) -> Bool {
        !value.contains { byte in
            switch byte {
            case .comma, .slash, .backslash, .questionMark, UInt8(ascii: "@"), UInt8(ascii: "#"):
                true
            default:
                byte <= .space || byte >= .delete
            }
        }
    }
}

extension ArraySlice<UInt8> {
    /// Where it lies in its array; small numbers, as each open connection keeps its head.
    fileprivate var smallIndices: Range<UInt32> {
        UInt32(clamping: startIndex)..<UInt32(clamping: endIndex)
    }

    /// Whether this list, parted by commas, has a token, given in small letters, in any case.
    /// Spec: RFC 9110 §5.6.1
    fileprivate func lists(_ token: StaticString) -> Bool {
        var start = startIndex
        while start < endIndex {
            let end = self[start...].firstIndex(of: .comma) ?? endIndex
            if self[start..<end].trimmed.equalsIgnoringCase(token) { return true }
            start = end + 1
        }
        return false
    }
}
