// Other names that a server answers to, such as the public one behind a proxy: each by itself, all
// below one, or any. In: names as a person writes them, in the program or behind the command.
// Out: what HostCheck.swift compares. Next: ../AppExtras.swift.

import EngineSockets
import Foundation

extension App {
    /// Names that the server answers to, beside those of this machine (`localhost`, what ends in
    /// `.localhost`, 127.0.0.1, [::1]) and the one that it was told to listen on. Requests with
    /// another name in `Host` are refused with 403, so that no page can make a visitor's browser
    /// take this server for its own ("DNS rebinding"). `*.example.org` is every name below
    /// example.org, `*` any name at all; ports make no difference. While it is empty, a server that
    /// listens to the network, and not to this machine alone, answers to any name. Behind a proxy
    /// on the same machine the public name has to be named: `["chat.example.org"]`.
    public var allowedHosts: [String] {
        get { more.allowedHosts }
        set {
            more.allowedHosts = newValue
            let rules = newValue.compactMap { $0 == "*" ? $0 : HostCheck.rule($0) }
            more.hostCheck.allowed = newValue.isEmpty ? nil : rules
            for entry in newValue where entry != "*" && HostCheck.rule(entry) == nil {
                Log.write(
                    "allowedHosts: \"\(entry)\" is no name of a host; chat.example.org would be "
                        + "one, *.example.org is every name below, * is any")
            }
        }
    }

    /// An option of the command line that the stages do without. False: it is none.
    func takes(_ option: String, _ value: () throws -> String) throws -> Bool {
        guard option == "--allowed-host" else { return false }
        let name = try value()
        guard name == "*" || HostCheck.rule(name) != nil else {
            throw Problem(
                "\(option) takes the name of a host, such as chat.example.org, not \"\(name)\"")
        }
        allowedHosts.append(name)
        return true
    }

    /// What `--help` says about such options.
    var moreUsage: String {
        """

          --allowed-host NAME a name that the server answers to, beside localhost: the public one,
                              if a proxy is in front of it; several times for several names
        """
    }
}

extension HostCheck {
    /// A name as it is compared, all names that end so if a dot is in front; nil: it is no name,
    /// and no `*.` with a name behind.
    static func rule(_ entry: String) -> String? {
        if let address = SocketAddress(literal: entry) { return address.host }
        let isPattern = entry.hasPrefix("*.")
        let scheme = "http://"
        let url = Authority.asBrowsersWrite(scheme + (isPattern ? entry.dropFirst(2) : entry[...]))
        let name = Authority(Array((url ?? "").utf8.dropFirst(scheme.utf8.count))[...])?.host
        return name.map { isPattern ? ".\($0)" : $0 }
    }
}

nonisolated extension Authority {
    /// A URL as browsers write it, with a name of another script as `xn--…`.
    static func asBrowsersWrite(_ url: String) -> String? {
        if url.utf8.allSatisfy({ $0 < 0x80 }) { return url }
        guard var parts = URLComponents(string: url), let name = parts.encodedHost else {
            return nil
        }
        parts.encodedHost = name
        return parts.string
    }
}
