// Behind a proxy every client has the proxy's address; what the proxy says of it is believed, if
// the proxy is named here. In: addresses of proxies; a request. Out: the same request, with the
// client's address, host and scheme. Spec: RFC 7239. Next: ../AppExtras.swift,
// ConnectionLimits.swift.

import EngineBytes
import EngineSockets
import HTTPWire

/// Which fields a proxy sets. One kind only is read: a proxy passes on what a client writes into
/// the other.
public nonisolated enum ForwardedFields: Sendable {
    /// `X-Forwarded-For`, `-Proto` and `-Host`, as nginx, Caddy, Traefik and cloud proxies do.
    case xForwarded
    /// `Forwarded`, as RFC 7239 has it.
    case forwarded
}

/// The proxies that are believed.
struct TrustedProxies {
    /// An address, and how many of its bits count.
    private struct Network {
        let bytes: [UInt8]
        let bits: Int

        init?(_ text: String) {
            let parts = text.split(separator: "/", maxSplits: 1)
            guard let address = parts.first.flatMap({ SocketAddress(literal: String($0)) }) else {
                return nil
            }
            bytes = address.bytes
            bits = parts.count == 2 ? Int(parts[1]) ?? -1 : bytes.count * 8
            guard (0...(bytes.count * 8)).contains(bits) else { return nil }
        }

        func contains(_ other: [UInt8]) -> Bool {
            guard other.count == bytes.count else { return false }
            return (0..<bits).allSatisfy { bit in
                (bytes[bit / 8] ^ other[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
            }
        }
    }

    let names: [String]
    private var networks: [Network] = []
    private var trustsUnix = false
    var fields = ForwardedFields.xForwarded

    init(_ names: [String]) {
        self.names = names
        for name in names {
            if name == "unix" {
                trustsUnix = true
            } else if let network = Network(name) {
                networks.append(network)
            } else {
                Log.write(
                    "trustedProxies: \"\(name)\" is no address; 127.0.0.1, 10.0.0.0/8, ::1 or "
                        + "unix (a Unix socket) would be one")
            }
        }
    }

    func trusts(_ address: SocketAddress) -> Bool {
        if address.isUnix { return trustsUnix }
        let bytes = address.bytes
        return networks.contains { $0.contains(bytes) }
    }

    /// A request as its client has made it.
    func request(_ request: Request) -> Request {
        guard trusts(request.peer) else { return request }
        let said = fields == .forwarded ? Said(forwarded: request) : Said(xForwarded: request)
        var changed = request
        // From the last proxy to the first: the first address that is no proxy's is the client's.
        for text in said.addresses.reversed() {
            guard let address = Self.address(text) else { break }
            changed.peer = address
            changed.further.isForwarded = true
            if !trusts(address) { break }
        }
        changed.further.isSecure = said.scheme?.lowercased() == "https" || said.scheme == "wss"
        if let host = said.host, let head = request.head.with(host: host) { changed.head = head }
        return changed
    }

    /// An address with or without a port, in the spellings that proxies use.
    private static func address(_ text: String) -> SocketAddress? {
        if let address = SocketAddress(literal: text) { return address }
        return Authority(Array(text.utf8)[...]).flatMap { SocketAddress(literal: $0.host) }
    }

    /// What a proxy has said of a request; of several values the last is its own.
    private struct Said {
        var addresses: [String] = []
        var scheme: String?
        var host: String?

        init(xForwarded request: Request) {
            let fields = request.head.fields
            addresses = Self.list(fields["X-Forwarded-For"])
            scheme = Self.list(fields["X-Forwarded-Proto"]).last
            host = Self.list(fields["X-Forwarded-Host"]).last
        }

        init(forwarded request: Request) {
            let elements = Self.list(request.head.fields["Forwarded"])
            for element in elements {
                let pairs = element.split(separator: ";").map { pair in
                    pair.split(separator: "=", maxSplits: 1).map {
                        $0.filter { $0 != "\"" && $0 != " " }
                    }
                }
                for pair in pairs where pair.count == 2 {
                    switch pair[0].lowercased() {
                    case "for": addresses.append(pair[1])
                    case "proto": scheme = pair[1]
                    case "host": host = pair[1]
                    default: break
                    }
                }
            }
        }

        private static func list(_ field: String?) -> [String] {
            (field ?? "").split(separator: ",").map { part in
                String(decoding: Array(part.utf8)[...].trimmed, as: UTF8.self)
            }
        }
    }
}

extension App {
    /// Proxies whose word about their clients counts: addresses (`127.0.0.1`), networks
    /// (`10.0.0.0/8`), `unix` for a Unix socket. Of requests that come from there the fields
    /// `X-Forwarded-For`, `-Proto` and `-Host` become `request.address`, `isSecure`, and the host
    /// that `allowedHosts` and the check of origins look at; limits per address count clients, and
    /// not the proxy. The proxy has to set these fields, or to remove those that a client sends.
    public var trustedProxies: [String] {
        get { more.proxies?.names ?? [] }
        set {
            let fields = more.proxies?.fields ?? .xForwarded
            more.proxies = newValue.isEmpty ? nil : TrustedProxies(newValue)
            more.proxies?.fields = fields
        }
    }

    /// Which fields those proxies set. To be set behind `trustedProxies`.
    public var forwardedFields: ForwardedFields {
        get { more.proxies?.fields ?? .xForwarded }
        set { more.proxies?.fields = newValue }
    }

    func received(_ request: Request) -> Request {
        guard let proxies = (extras as? AppExtras)?.proxies else { return request }
        return proxies.request(request)
    }

    /// Whether connections of this address are those of many clients.
    func isProxy(_ address: SocketAddress) -> Bool {
        (extras as? AppExtras)?.proxies?.trusts(address) == true
    }
}
