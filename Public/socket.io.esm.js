// The browser client as a module: import { io } from "/socket.io/socket.io.esm.js";
import "./socket.io.js";

const { io } = self;

export { io, io as default };
export const { connect, Manager, Socket, protocol } = io;
