// Names of status codes that no stage of the course needs. Next: ../HTTPStatus.swift.

extension HTTPStatus {
    public static let `continue`: HTTPStatus = 100
    public static let created: HTTPStatus = 201
    public static let noContent: HTTPStatus = 204
    public static let partialContent: HTTPStatus = 206
    public static let movedPermanently: HTTPStatus = 301
    public static let found: HTTPStatus = 302
    public static let seeOther: HTTPStatus = 303
    public static let notModified: HTTPStatus = 304
    public static let unauthorized: HTTPStatus = 401
    public static let unsupportedMediaType: HTTPStatus = 415
    public static let rangeNotSatisfiable: HTTPStatus = 416
    public static let tooManyRequests: HTTPStatus = 429
}
