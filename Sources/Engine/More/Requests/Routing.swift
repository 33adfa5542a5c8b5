// What comes before the routes of the core: middlewares, other sites' pages, paths with names in
// them, folders of files. In: an exchange. Out: an answer, or the core goes on.
// Next: RouteMiddleware.swift, PathParameters.swift, Files.swift; HTTP/App.swift (`handle`).

import HTTPWire

/// What an app's routes have beside themselves.
struct Routing {
    var middlewares: [RouteMiddleware] = []
    var cors: (any CrossOriginPolicy)?
    var patterns: [PathPattern] = []
    var folders: [FileFolder] = []
    var editPolicy: (@MainActor (String) -> String?)?

    var isUsed: Bool {
        !middlewares.isEmpty || cors != nil || !patterns.isEmpty || !folders.isEmpty
            || editPolicy != nil
    }
}

extension App {
    func takes(_ exchange: HTTPExchange) -> Bool {
        guard let extras = extras as? AppExtras, extras.routing.isUsed else { return false }
        let routing = extras.routing
        if exchange.request.further.hasPassed { return takes(exchange, routing) }
        exchange.request.further.hasPassed = true
        if let cors = routing.cors {
            if isPreflight(exchange.request.head),
                let answer = cors.preflight(for: exchange.request.head)
            {
                exchange.respond(answer)
                return true
            }
            exchange.edit { [request = exchange.request] in cors.apply(to: &$0, for: request.head) }
        }
        if let edit = routing.editPolicy {
            exchange.edit { response in
                let name = "Content-Security-Policy"
                guard let policy = response.fields[name] else { return }
                response.fields.replace(name, with: edit(policy))
            }
        }
        guard routing.middlewares.isEmpty else {
            ask(routing.middlewares, about: exchange)
            return true
        }
        return takes(exchange, routing)
    }

    private func takes(_ exchange: HTTPExchange, _ routing: Routing) -> Bool {
        let head = exchange.request.head
        let path = head.path
        // A path that is written as a pattern is would be taken for its route.
        guard routes[path] == nil || routing.patterns.contains(where: { $0.text == path }) else {
            return false
        }
        if let (answer, values) = patternRoute(head, routing.patterns) {
            exchange.request.further.parameters = values
            answer(exchange)
            return true
        }
        for folder in routing.folders {
            if let response = folder.response(for: head) {
                exchange.respond(response)
                return true
            }
        }
        return false
    }

    /// Spec: WHATWG Fetch "CORS-preflight request"
    private func isPreflight(_ head: HTTPRequestHead) -> Bool {
        head.hasMethod("OPTIONS") && head.hasOrigin
            && head.fields["Access-Control-Request-Method"] != nil
    }

    /// Which other sites' pages may use the routes; nil: none. Socket.IO has its own,
    /// `SocketServerOptions.cors`. By `cors.methods` those are named that pages may use.
    public var cors: (any CrossOriginPolicy)? {
        get { more.routing.cors }
        set { more.routing.cors = newValue }
    }

    /// Changes the Content-Security-Policy of each page: `edit` gets the policy that was made for
    /// the page, with the hashes of its own scripts; nil sends none.
    public func contentSecurityPolicy(_ edit: @escaping @MainActor (String) -> String?) {
        more.routing.editPolicy = edit
    }
}

extension HTTPExchange {
    /// Changes the answer before it is sent.
    func edit(_ change: @escaping (inout HTTPResponse) -> Void) {
        let next = diversion
        diversion = { [self] response in
            var response = response
            change(&response)
            diversion = next
            respond(response)
        }
    }
}

extension HTTPFields {
    /// Sets a field in place of others of its name; nil removes them.
    mutating func replace(_ name: String, with value: String?) {
        if let value { return set(name, value) }
        var fields = HTTPFields()
        for line in lines where line.name.lowercased() != name.lowercased() {
            fields.add(line.name, line.value)
        }
        self = fields
    }
}
