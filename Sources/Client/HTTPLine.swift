// Requests to the server, one at a time, over a connection that is kept for the next one.
// In: a request. Out: its response, or why there is none. Next: PollingTransport.swift.

import HTTPWire

/// What every request of a client has in common.
struct RequestTemplate {
    let server: ServerURL
    let fields: [String: String]

    /// The bytes of a request. Line breaks in fields would be other fields: they become blanks.
    func request(
        _ method: String, _ target: String, more: [(String, String)] = [], body: [UInt8]? = nil
    ) -> [UInt8] {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: \(server.authority)\r\n"
        let others = fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        for (name, value) in more + others {
            text += "\(name): \(value)".map { $0.isNewline ? " " : String($0) }.joined() + "\r\n"
        }
        if let body { text += "Content-Length: \(body.count)\r\n" }
        return Array((text + "\r\n").utf8) + (body ?? [])
    }
}

final class HTTPLine: ServerStreamDelegate {
    typealias Done = (Result<HTTPResponse, ClientError>) -> Void
    let template: RequestTemplate
    private let limits: HTTPLimits
    private var stream: ServerStream?
    private var decoder: HTTPResponseDecoder
    private var done: Done?

    init(template: RequestTemplate, maxBodySize: Int) {
        self.template = template
        var limits = HTTPLimits()
        limits.body = maxBodySize
        self.limits = limits
        decoder = HTTPResponseDecoder(limits: limits)
    }

    /// Sends a request; `done` is called once, unless the line is closed before. A second request
    /// has to wait for the answer to the first.
    func request(_ method: String, _ target: String, body: [UInt8]? = nil, done: @escaping Done) {
        self.done = done
        if stream == nil {
            decoder = HTTPResponseDecoder(limits: limits)
            stream = ServerStream(
                host: template.server.host, port: template.server.port, delegate: self)
        }
        let type = [("Content-Type", "text/plain;charset=UTF-8")]
        stream?.write(template.request(method, target, more: body == nil ? [] : type, body: body))
    }

    func close() {
        done = nil
        stream?.close()
        stream = nil
    }

    private func finish(_ result: Result<HTTPResponse, ClientError>) {
        let done = done
        self.done = nil
        done?(result)
    }

    // MARK: - From the stream

    func received(_ bytes: ArraySlice<UInt8>) {
        decoder.feed(bytes)
        do throws(HTTPResponseError) {
            guard let response = try decoder.nextResponse() else { return }
            if !decoder.keepsAlive { dropStream() }
            finish(.success(response))
        } catch {
            dropStream()
            finish(.failure(.transport("\(error)")))
        }
    }

    func closed(_ problem: String) {
        stream = nil
        do throws(HTTPResponseError) {
            if let response = try decoder.ended() { return finish(.success(response)) }
            finish(.failure(.transport(problem)))
        } catch {
            finish(.failure(.transport("\(error)")))
        }
    }

    private func dropStream() {
        stream?.close()
        stream = nil
    }
}
