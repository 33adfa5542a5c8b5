// Which page speaks? Browsers say from where a script comes, and let any site's scripts open
// WebSockets to any server: so a server has to look. Programs that are no browsers say nothing.
// In: a request's head. Out: whether its page may talk to us. Next: App.swift, EngineIOServer.swift.

import HTTPWire
import Sockets

enum Origin {
    /// Whether a request comes from a page of this server, or from no page at all. The host that the
    /// page came from has to be the one that is asked; a proxy in between has to pass `Host` on.
    /// Spec: RFC 6455 §10.2
    static func isOwn(_ head: HTTPRequestHead) -> Bool {
        guard let origin = head.fields["Origin"] else { return true }
        guard let host = head.fields["Host"], let slashes = origin.firstRange(of: "://") else {
            return false  // "null": a page without an address
        }
        return origin[slashes.upperBound...].lowercased() == host.lowercased()
    }

    /// One line for whoever runs the server.
    static func logRefusal(of head: HTTPRequestHead, option: String) {
        let origin = head.fields["Origin"] ?? ""
        Log.write(
            "a page of \(origin) was refused, since it asked \(head.fields["Host"] ?? ""); "
                + "\(option) lets other sites in")
    }

    /// Whether a request may be answered, where these sites are welcome beside the own one.
    static func isAllowed(_ head: HTTPRequestHead, _ cors: (any CrossOriginPolicy)?) -> Bool {
        if isOwn(head) { return true }
        guard let cors, let origin = head.fields["Origin"] else { return false }
        return cors.isAllowed(origin)
    }
}
