import SocketIOEvents
import SocketIOWire
extension Socket {
    func tellIncoming(_ arguments: Arguments) {}
    func tellOutgoing(_ arguments: EncodedArguments) {}
}
