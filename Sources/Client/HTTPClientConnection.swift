// Requests to the server, one at a time, over a connection that is kept for the next one.
// In: a request. Out: its response, or an error.
// Next: RequestTemplate.swift; PollingTransport.swift above.

import HTTPWire

/// One connection for requests. It opens with the first request, and again after it was closed.
final class HTTPClientConnection: ServerStreamDelegate {
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

    /// Sends a request; `done` is called once, unless `close` is called before. A second
    /// request has to wait for the response to the first.
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
