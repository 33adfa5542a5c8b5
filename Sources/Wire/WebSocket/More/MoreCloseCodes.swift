// Names of close codes that no stage of the course needs. Next: ../CloseCode.swift.

extension CloseCode {
    public static let unsupportedData = CloseCode(rawValue: 1003)
    public static let policyViolation = CloseCode(rawValue: 1008)
    public static let mandatoryExtension = CloseCode(rawValue: 1010)
    public static let internalError = CloseCode(rawValue: 1011)
}
