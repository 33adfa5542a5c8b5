// The bytes of WebSocket frames, by hand. Next: RawClient.swift.
// Spec: RFC 6455 §5.2

extension RawClient {
    /// A masked frame; `first` is its first byte.
    package nonisolated static func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = [first]
        if payload.count < 126 {
            frame.append(0x80 | UInt8(payload.count))
        } else if payload.count < 65_536 {
            frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        } else {
            frame.append(0x80 | 127)
            for shift in stride(from: 56, through: 0, by: -8) {
                frame.append(UInt8(truncatingIfNeeded: payload.count >> shift))
            }
        }
        let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        frame += key
        for (index, byte) in payload.enumerated() { frame.append(byte ^ key[index % 4]) }
        return frame
    }

    /// Where the first frame's payload begins and how long it is; nil: it is not there yet.
    nonisolated static func frameSize(_ bytes: ArraySlice<UInt8>) -> (start: Int, length: Int)? {
        guard bytes.count >= 2 else { return nil }
        let first = bytes.startIndex
        let short = Int(bytes[first + 1])
        let extra = short == 126 ? 2 : short == 127 ? 8 : 0
        guard bytes.count >= 2 + extra else { return nil }
        var length = extra == 0 ? short : 0
        for byte in bytes[(first + 2)..<(first + 2 + extra)] { length = length << 8 | Int(byte) }
        guard (0...100_000_000).contains(length) else { return nil }
        return bytes.count >= 2 + extra + length ? (2 + extra, length) : nil
    }
}
