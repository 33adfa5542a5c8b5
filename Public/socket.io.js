/*
 * The browser's half of Socket.IO: Engine.IO protocol 4 and Socket.IO protocol 5 in one file.
 * Names, meaning and messages are those of the official JavaScript client, so that a page written
 * for that one runs with this one.
 *
 *     <script src="/socket.io/socket.io.js"></script>           then io() is there
 *     import { io } from "/socket.io/socket.io.esm.js";         the same as a module
 *
 * Read it from top to bottom; every part stands on the ones above it.
 *
 *     1  Emitter      who wants to hear what
 *     2  Packets      a packet of Socket.IO in a packet of Engine.IO, as text and bytes
 *     3  Transports   long-polling and WebSocket: they carry packets
 *     4  Engine       one session: handshake, upgrade, heartbeat, the queue of what goes out
 *     5  Manager      a connection that comes back, shared by all namespaces
 *     6  Socket       one namespace: what a page talks to
 *     7  io()         finds the manager for a URL
 *
 * Spec: github.com/socketio/engine.io-protocol and socket.io-protocol.
 * ES2017: no build step, nothing to install. What begins with _ is not for pages.
 */
var io = (function () {
  "use strict";

  // 1 ── Emitter ───────────────────────────────────────────────────────────────────────────────

  // A listener's mistake belongs to the page: it is reported like any other uncaught error, and
  // neither the other listeners nor the connection suffer from it.
  function call(listener, self, args) {
    try {
      listener.apply(self, args);
    } catch (error) {
      setTimeout(() => { throw error; }, 0);
    }
  }

  function remove(list, listener) {
    const index = list.findIndex((one) => one === listener || one.listener === listener);
    if (index >= 0) list.splice(index, 1);
  }

  class Emitter {
    constructor() {
      this._listeners = new Map();
    }

    on(event, listener) {
      if (typeof listener !== "function") {
        throw new TypeError(`on("${String(event)}", …) needs a function, not ${typeof listener}`);
      }
      const name = String(event); // 1 and "1" are the same event
      if (!this._listeners.has(name)) this._listeners.set(name, []);
      this._listeners.get(name).push(listener);
      return this;
    }

    once(event, listener) {
      const wrapper = (...args) => {
        this.off(event, wrapper);
        listener.apply(this, args);
      };
      wrapper.listener = listener;
      return this.on(event, wrapper);
    }

    // off() removes all, off(event) all of an event, off(event, listener) the first such listener.
    off(event, listener) {
      if (arguments.length === 0) this._listeners.clear();
      else if (arguments.length === 1) this._listeners.delete(String(event));
      else remove(this._listeners.get(String(event)) || [], listener);
      return this;
    }

    listeners(event) {
      return (this._listeners.get(String(event)) || []).slice();
    }

    hasListeners(event) {
      return this.listeners(event).length > 0;
    }

    _notify(event, ...args) {
      for (const listener of this.listeners(event)) call(listener, this, args);
    }
  }

  const { on, off } = Emitter.prototype;
  Object.assign(Emitter.prototype, {
    addEventListener: on, removeListener: off, removeEventListener: off, removeAllListeners: off,
  });

  // 2 ── Packets ───────────────────────────────────────────────────────────────────────────────

  // Engine.IO: a digit for the type, then the data. "4hello" is a message.
  const ENGINE_TYPES = ["open", "close", "ping", "pong", "message", "upgrade", "noop"];
  const SEPARATOR = "\x1e"; // between the packets of a payload

  function isBinary(value) {
    return value instanceof ArrayBuffer || ArrayBuffer.isView(value)
      || (typeof Blob === "function" && value instanceof Blob); // a File is a Blob too
  }

  // What a WebSocket sends: text for text; bytes are a message and need no digit.
  function encodeFrame({ type, data = "" }) {
    return isBinary(data) ? data : ENGINE_TYPES.indexOf(type) + data;
  }

  // Long-polling carries text only: bytes become "b" and base64. A Blob has to be read first.
  async function encodeForPolling(packet) {
    if (!isBinary(packet.data)) return encodeFrame(packet);
    const bytes = new Uint8Array(await new Response(packet.data).arrayBuffer());
    let text = "";
    for (let start = 0; start < bytes.length; start += 32768) {
      text += String.fromCharCode(...bytes.subarray(start, start + 32768));
    }
    return "b" + btoa(text);
  }

  function decodeFrame(frame) {
    if (typeof frame !== "string") return { type: "message", data: frame };
    if (frame[0] !== "b") return { type: ENGINE_TYPES[frame[0]], data: frame.slice(1) };
    try {
      const bytes = Uint8Array.from(atob(frame.slice(1)), (character) => character.charCodeAt(0));
      return { type: "message", data: bytes.buffer };
    } catch (error) {
      return { type: undefined };
    }
  }

  // How long a packet is in a payload, in bytes.
  function sizeForPolling({ data = "" }) {
    if (!isBinary(data)) return 1 + new TextEncoder().encode(data).length;
    return 1 + 4 * Math.ceil((data.byteLength === undefined ? data.size : data.byteLength) / 3);
  }

  // Socket.IO: type, number of attachments, namespace, acknowledgement id, JSON.
  // `51-/admin,7["upload",{"_placeholder":true,"num":0}]` is followed by one attachment.
  const CONNECT = 0, DISCONNECT = 1, EVENT = 2, ACK = 3, CONNECT_ERROR = 4;
  const WITH_ATTACHMENTS = 3; // EVENT and ACK become 5 and 6
  const RESERVED = ["connect", "connect_error", "disconnect", "disconnecting", "newListener",
    "removeListener"];

  // The text, and after it the attachments that its placeholders stand for.
  function encodePacket({ type, nsp, id = "", data }) {
    const attachments = [];
    const json = data === undefined ? "" : JSON.stringify(data, (key, value) => {
      if (!isBinary(value)) return value;
      return { _placeholder: true, num: attachments.push(value) - 1 };
    });
    const count = attachments.length;
    const head = count === 0 ? String(type) : `${type + WITH_ATTACHMENTS}${count}-`;
    return [head + (nsp === "/" ? "" : nsp + ",") + id + json, ...attachments];
  }

  // Puts packets together from a text and the bytes that follow it.
  class Decoder {
    // The packet that is complete with this part; undefined: more of it has to come.
    add(part) {
      if ((typeof part === "string") === (this._head !== undefined)) {
        throw new Error("a text came in place of an attachment, or the other way round");
      }
      if (this._head) {
        this._attachments.push(part);
      } else {
        this._head = decodeHead(part);
        this._attachments = [];
      }
      if (this._attachments.length < this._head.count) return undefined;
      const head = this._head;
      this._head = undefined;
      return decodeBody(head, this._attachments);
    }
  }

  function decodeHead(text) {
    const match = /^([0-6])(?:(\d+)-)?(?:(\/[^,]*),?)?(\d+)?/.exec(text);
    if (!match) throw new Error(`unknown packet type ${text[0]}`);
    const [all, type, count = 0, nsp = "/", id] = match;
    return { type: Number(type), count: Number(count), nsp, id, json: text.slice(all.length) };
  }

  function decodeBody({ type, count, nsp, id, json }, attachments) {
    const fill = (key, value) => {
      if (!value || value._placeholder !== true) return value;
      if (!attachments[value.num]) throw new Error("illegal attachments");
      return attachments[value.num];
    };
    const data = json ? JSON.parse(json, count > 0 ? fill : undefined) : undefined;
    const plainType = type > CONNECT_ERROR ? type - WITH_ATTACHMENTS : type;
    if (!isValid(plainType, data)) throw new Error("invalid payload");
    return { type: plainType, nsp, id: id === undefined ? undefined : Number(id), data };
  }

  function isValid(type, data) {
    switch (type) {
      case CONNECT: return data === undefined || (typeof data === "object" && data !== null);
      case DISCONNECT: return data === undefined;
      case CONNECT_ERROR: return typeof data === "string" || (typeof data === "object" && !!data);
      case ACK: return Array.isArray(data);
      default: return Array.isArray(data) && (typeof data[0] === "number"
        || (typeof data[0] === "string" && !RESERVED.includes(data[0])));
    }
  }

  // 3 ── Transports ────────────────────────────────────────────────────────────────────────────

  // Events: "open", "packet", "drain" (what was given to send() is out), "error", "close".
  class Transport extends Emitter {
    constructor(engine) {
      super();
      this.engine = engine;
      this.readyState = "opening";
      this.writable = false;
    }

    _url(scheme) {
      const { secure, host, path, query, id } = this.engine;
      const parameters = new URLSearchParams(query);
      parameters.set("EIO", "4");
      parameters.set("transport", this.name);
      if (id) parameters.set("sid", id);
      return `${scheme}${secure ? "s" : ""}://${host}${path}?${parameters}`;
    }

    _opened() {
      this.readyState = "open";
      this.writable = true;
      this._notify("open");
    }

    _failed(message, description, context) {
      if (this.readyState === "closed") return;
      this.readyState = "closed";
      this._notify("error",
        Object.assign(new Error(message), { type: "TransportError", description, context }));
    }

    _closed(description, context) {
      if (this.readyState === "closed") return;
      this.readyState = "closed";
      this._notify("close", { description, context });
    }
  }

  // A GET waits until the server has something to say; a POST says something to the server.
  class Polling extends Transport {
    get name() { return "polling"; }

    open() {
      this._abort = new AbortController();
      this._polls = this._poll();
    }

    async _poll() {
      while (this.readyState === "opening" || this.readyState === "open") {
        const payload = await this._request("GET", undefined, "xhr poll error");
        if (payload === undefined || this.readyState === "closed") return;
        for (const packet of payload.split(SEPARATOR).map(decodeFrame)) {
          if (packet.type === "open" && this.readyState === "opening") this._opened();
          if (packet.type === "close") return this._closed("closed by the server");
          this._notify("packet", packet);
        }
        if (this.readyState === "opening") return this._failed("server error", "no open packet");
      }
    }

    send(packets) {
      this.writable = false;
      this._posts = this._post(packets);
    }

    async _post(packets) {
      const parts = await Promise.all(packets.map(encodeForPolling));
      const answer = await this._request("POST", parts.join(SEPARATOR), "xhr post error");
      if (answer === undefined) return;
      this.writable = true;
      this._notify("drain");
    }

    // The body of the answer; undefined if there was none, which has been reported by then.
    async _request(method, body, failure) {
      const { withCredentials, extraHeaders } = this.engine.opts;
      const headers = body === undefined ? {} : { "Content-Type": "text/plain;charset=UTF-8" };
      try {
        const response = await fetch(this._url("http"), {
          method, body, cache: "no-store", headers: Object.assign(headers, extraHeaders),
          credentials: withCredentials ? "include" : "same-origin",
          signal: this._abort.signal,
          keepalive: body === "1", // the goodbye may outlive the page
        });
        if (response.ok) return await response.text();
        this._failed(failure, response.status, response);
      } catch (error) {
        this._failed(failure, 0, error);
      }
    }

    // Resolves when the last poll is answered and the last POST has arrived: all is quiet.
    async pause() {
      this.readyState = "pausing";
      await Promise.all([this._polls, this._posts]);
    }

    resume() {
      if (this.readyState === "closed") return;
      this.readyState = "open";
      this._polls = this._poll();
    }

    // Ends the session too, if there is one; the server answers the poll then. Nobody waits long
    // for one that does not.
    close() {
      const abort = () => this._abort.abort();
      if (this.readyState === "opening") abort();
      else if (this.readyState !== "closed") this._request("POST", "1").then(abort);
      this.readyState = "closed";
      setTimeout(abort, 1000);
    }
  }

  class WebSocketTransport extends Transport {
    get name() { return "websocket"; }

    open() {
      try {
        this._socket = new WebSocket(this._url("ws"), this.engine.opts.protocols || []);
      } catch (error) { // no WebSocket here
        setTimeout(() => this._failed("websocket error", error.message, error), 0);
        return;
      }
      this._socket.binaryType = "arraybuffer";
      this._socket.onopen = () => this._opened();
      this._socket.onmessage = (event) => this._notify("packet", decodeFrame(event.data));
      this._socket.onerror = (event) => this._failed("websocket error", undefined, event);
      this._socket.onclose = (event) =>
        this._closed(`websocket connection closed (${event.code})`, event);
    }

    send(packets) {
      for (const packet of packets) this._socket.send(encodeFrame(packet));
      this._notify("drain");
    }

    close() {
      this.readyState = "closed";
      if (this._socket) this._socket.close();
    }
  }

  const TRANSPORTS = { polling: Polling, websocket: WebSocketTransport };

  // 4 ── Engine ────────────────────────────────────────────────────────────────────────────────

  // Some servers refuse a payload with more packets than this.
  const PACKETS_PER_POST = 16;

  // Listens to an emitter or to the page; returns a function that ends it.
  function listen(target, listeners) {
    const events = target.addEventListener ? Object.keys(listeners) : [];
    for (const event of events) target.addEventListener(event, listeners[event]);
    return () => events.forEach((event) => target.removeEventListener(event, listeners[event]));
  }

  // Calls back when there is a reason to look at the connection: the page has come back from the
  // back-forward cache, from the background or from sleep, or the network has.
  function onWake(callback) {
    const visibilitychange = () => { if (document.visibilityState === "visible") callback(); };
    return listen(self, { online: callback, pageshow: callback, visibilitychange });
  }

  // Events: "open", "message", "ping", "packet", "drain", "upgrading", "upgrade" (transport),
  // "upgradeError", "error", "close" (reason, details).
  class Engine extends Emitter {
    constructor({ secure, host }, opts) {
      super();
      const { path, query, transports = Object.keys(TRANSPORTS), addTrailingSlash } = opts;
      this.opts = opts;
      this.secure = secure;
      this.host = host;
      this.path = path.replace(/\/$/, "") + (addTrailingSlash === false ? "" : "/");
      this.query = typeof query === "string" ? query : Object.assign({}, query);
      this.transports = transports.filter((name) => TRANSPORTS[name]);
      this.readyState = "opening";
      this.upgrading = false;
      this.writeBuffer = []; // what can't be sent yet, after what is being sent
      this._inFlight = 0; // how many of these are being sent
      this._stopWatching = this._watchPage();
      this._open();
    }

    _open() {
      const name = this.transports[0];
      if (!name) return setTimeout(() => this._failed(new Error("No transports available")), 0);
      this._use(new TRANSPORTS[name](this));
      this.transport.open();
    }

    _use(transport) {
      if (this.transport) this.transport.off();
      this.transport = transport.off();
      transport.on("packet", (packet) => this._received(packet));
      transport.on("drain", () => this._drained());
      transport.on("error", (error) => this._failed(error));
      transport.on("close", (details) => this._closed("transport close", details));
    }

    _received(packet) {
      if (this.readyState === "closed") return;
      this._notify("packet", packet);
      switch (packet.type) {
        case "open": return this._shakeHands(packet.data);
        case "message": return this._notify("message", packet.data);
        case "ping":
          this._write({ type: "pong" });
          this._expectPing();
          return this._notify("ping");
        case undefined: return this._failed(new Error("server error"));
      }
    }

    _shakeHands(json) {
      try {
        Object.assign(this, { id: undefined, upgrades: [] }, JSON.parse(json));
      } catch (error) {
        return this._failed(new Error("server error"));
      }
      this.id = this.sid;
      this.readyState = "open";
      this._expectPing();
      this._notify("open");
      this._flush();
      if (this.opts.upgrade === false || this.readyState !== "open") return;
      const better = this.upgrades.find((name) => this.transports.includes(name));
      if (better) this._probe(new TRANSPORTS[better](this));
    }

    // ── Upgrade: a second transport is tried while the first one works on.

    _probe(candidate) {
      this._candidate = candidate;
      const giveUp = (problem) => {
        candidate.off().close();
        this._candidate = undefined;
        this._notify("upgradeError", new Error(`probe failed: ${problem}`));
      };
      candidate.on("open", () => candidate.send([{ type: "ping", data: "probe" }]));
      candidate.on("error", (error) => giveUp(error.message));
      candidate.on("close", () => giveUp("transport closed"));
      candidate.on("packet", ({ type, data }) => {
        if (type === "pong" && data === "probe") this._upgrade(candidate);
        else giveUp("no pong");
      });
      candidate.open();
    }

    // Nothing may be under way on the old transport when the new one takes over; so nothing is
    // lost, doubled or overtaken.
    async _upgrade(candidate) {
      const old = this.transport;
      this.upgrading = true;
      this._notify("upgrading", candidate);
      await old.pause();
      this.upgrading = false;
      if (this.readyState === "closed") return;
      if (this._candidate === candidate) {
        this._candidate = undefined;
        this._use(candidate);
        candidate.send([{ type: "upgrade" }]);
        this._notify("upgrade", candidate);
      } else {
        old.resume(); // the candidate broke while we waited
      }
      this._flush();
    }

    // ── Heartbeat: the server pings; when it has not for too long, the connection is dead.

    _expectPing() {
      const patience = this.pingInterval + this.pingTimeout;
      clearTimeout(this._heartbeat);
      this._deadline = Date.now() + patience;
      this._heartbeat = setTimeout(() => this._closed("ping timeout"), patience);
    }

    // A sleeping computer and a throttled tab stop timers, but not the clock.
    _hasExpired() {
      if (this.readyState !== "open" || Date.now() <= this._deadline) return false;
      setTimeout(() => this._closed("ping timeout"), 0);
      return true;
    }

    _watchPage() {
      const drop = (description) => this._closed("transport close", { description });
      const isLocal = /^(localhost|127\.|\[::1\])/.test(this.host);
      const stopWaking = onWake(() => this._hasExpired());
      const stopListening = listen(self, {
        // A page with an open connection may not go into the back-forward cache.
        pagehide: (event) => { if (event.persisted) drop("the page went into the cache"); },
        offline: () => { if (!isLocal) drop("network connection lost"); },
      });
      return () => { stopWaking(); stopListening(); };
    }

    // ── Going out

    send(data) {
      this._write({ type: "message", data });
      return this;
    }

    _write(packet) {
      if (this.readyState !== "open") return;
      this.writeBuffer.push(packet);
      this._flush();
    }

    _flush() {
      if (this.readyState === "closed" || this.upgrading || this._inFlight > 0) return;
      if (this.writeBuffer.length > 0) {
        const packets = this._nextPackets();
        this._inFlight = packets.length;
        this.transport.send(packets);
      } else if (this.readyState === "closing") {
        this._closed("forced close");
      }
    }

    // As many as fit into one request.
    _nextPackets() {
      if (this.transport.name !== "polling") return this.writeBuffer.slice();
      let size = 0;
      const packets = this.writeBuffer.slice(0, PACKETS_PER_POST);
      const end = packets.findIndex((packet, index) => {
        size += sizeForPolling(packet) + (index > 0 ? SEPARATOR.length : 0);
        return index > 0 && size > this.maxPayload;
      });
      return end < 0 ? packets : packets.slice(0, end);
    }

    _drained() {
      this.writeBuffer.splice(0, this._inFlight);
      this._inFlight = 0;
      if (this.writeBuffer.length === 0) this._notify("drain");
      this._flush();
    }

    // ── The end

    // What was written before goes out before.
    close() {
      if (this.readyState === "opening") this._closed("forced close");
      if (this.readyState === "open") this.readyState = "closing";
      this._flush();
      return this;
    }

    _failed(error) {
      if (this.readyState === "closed") return;
      const isOpening = this.readyState === "opening";
      if (isOpening && this.opts.tryAllTransports && this.transports.length > 1) {
        this.transports.shift();
        return this._open();
      }
      this._notify("error", error);
      this._closed("transport error", error);
    }

    _closed(reason, details) {
      if (this.readyState === "closed") return;
      this.readyState = "closed";
      clearTimeout(this._heartbeat);
      this._stopWatching();
      for (const transport of [this.transport, this._candidate]) {
        if (transport) transport.off().close();
      }
      this._notify("close", reason, details);
      this.writeBuffer = [];
    }
  }

  // 5 ── Manager ───────────────────────────────────────────────────────────────────────────────

  // Times in milliseconds. Each is a method too: manager.timeout() reads, manager.timeout(n) sets.
  const MANAGER_DEFAULTS = {
    reconnection: true, reconnectionAttempts: Infinity, reconnectionDelay: 1000,
    reconnectionDelayMax: 5000, randomizationFactor: 0.5, timeout: 20000,
  };

  // Events: "open", "close", "error", "ping", "packet", "reconnect_attempt", "reconnect",
  // "reconnect_error", "reconnect_failed".
  class Manager extends Emitter {
    constructor(uri, opts) {
      super();
      if (uri && typeof uri === "object") [uri, opts] = [undefined, uri];
      this.uri = uri;
      this.opts = opts || {};
      this.opts.path = this.opts.path || "/socket.io";
      for (const name of Object.keys(MANAGER_DEFAULTS)) {
        this["_" + name] = this.opts[name] === undefined ? MANAGER_DEFAULTS[name] : this.opts[name];
      }
      this.nsps = {}; // the sockets, by namespace
      this._autoConnect = this.opts.autoConnect !== false;
      this._readyState = "closed";
      this._isReconnecting = false; // waits for the next attempt, or makes it
      this._attempts = 0;
      this._stopWaiting = () => {};
      this._dropEngine = () => {};
      if (this._autoConnect) this.open();
    }

    // The socket of a namespace; always the same one.
    socket(nsp, opts) {
      if (!this.nsps[nsp]) this.nsps[nsp] = new Socket(this, nsp, opts);
      else if (this._autoConnect) this.nsps[nsp].connect();
      return this.nsps[nsp];
    }

    // Connects. `done` hears of the outcome, with an error or without; if nobody listens, a failed
    // attempt is followed by others.
    open(done) {
      if (this._readyState !== "closed") return this;
      this._readyState = "opening";
      this._wantsConnection = true;
      const engine = this.engine = new Engine(parse(this.uri), this.opts);
      const failed = (error) => {
        this._dropEngine();
        this._readyState = "closed";
        this._notify("error", error);
        this._forSockets((socket) => socket._failed(error));
        if (done) done(error);
        else this._reconnect();
      };
      const timer = this._timeout && setTimeout(() => failed(new Error("timeout")), this._timeout);
      const stopListening = listen(engine, {
        error: failed,
        close: (reason) => failed(new Error(reason)),
        open: () => {
          clearTimeout(timer);
          stopListening();
          this._opened(engine);
          if (done) done();
        },
      });
      this._dropEngine = () => {
        clearTimeout(timer);
        stopListening();
        engine.close();
      };
      return this;
    }

    _opened(engine) {
      const decoder = new Decoder();
      const message = (data) => {
        let packet;
        try {
          packet = decoder.add(data);
        } catch (error) {
          return engine._closed("parse error", error);
        }
        if (packet) this._received(packet);
      };
      this._readyState = "open";
      const stopListening = listen(engine, {
        message,
        ping: () => this._notify("ping"),
        error: (error) => this._notify("error", error),
        close: (reason, details) => this._closed(reason, details),
      });
      this._dropEngine = () => {
        stopListening();
        engine.close(); // as soon as all is sent
      };
      this._notify("open");
      this._forSockets((socket) => socket._opened());
    }

    _received(packet) {
      this._notify("packet", packet);
      const socket = this.nsps[packet.nsp];
      if (socket && socket.active) socket._received(packet);
    }

    _send(packet) {
      for (const part of encodePacket(packet)) this.engine.send(part);
    }

    _forSockets(action) {
      for (const nsp of Object.keys(this.nsps)) {
        if (this.nsps[nsp].active) action(this.nsps[nsp]);
      }
    }

    // A socket has left; the last one ends the connection, and all attempts to get it back.
    _left() {
      if (Object.keys(this.nsps).some((nsp) => this.nsps[nsp].active)) return;
      this._wantsConnection = false;
      this._isReconnecting = false;
      this._stopWaiting();
      this._closed("forced close");
    }

    _closed(reason, details) {
      const wasClosed = this._readyState === "closed";
      this._readyState = "closed";
      this._attempts = 0;
      this._dropEngine();
      if (!wasClosed) this._notify("close", reason, details);
      this._forSockets((socket) => socket._lost(reason, details));
      this._reconnect();
    }

    // ── Coming back: after 1 s, 2 s, 4 s, 5 s, 5 s …, each longer or shorter by chance, so that
    // a thousand clients don't come back in the same moment.

    _reconnect() {
      if (this._isReconnecting || !this._reconnection || !this._wantsConnection) return;
      if (this._attempts >= this._reconnectionAttempts) {
        this._attempts = 0;
        return this._notify("reconnect_failed");
      }
      this._isReconnecting = true;
      const timer = setTimeout(() => this._attempt(), this._nextDelay());
      const stopWaking = onWake(() => this._attempt()); // no need to wait any longer
      this._stopWaiting = () => { clearTimeout(timer); stopWaking(); };
    }

    _nextDelay() {
      const chance = 1 + this._randomizationFactor * (2 * Math.random() - 1);
      const delay = this._reconnectionDelay * Math.pow(2, this._attempts) * chance;
      this._attempts += 1;
      return Math.min(delay, this._reconnectionDelayMax);
    }

    _attempt() {
      this._stopWaiting();
      if (this._readyState !== "closed") { // somebody called open() meanwhile
        this._isReconnecting = false;
        return;
      }
      const attempt = this._attempts;
      this._notify("reconnect_attempt", attempt);
      if (!this._wantsConnection) return; // a listener has changed its mind
      this.open((error) => {
        this._isReconnecting = false;
        if (error) {
          this._notify("reconnect_error", error);
          this._reconnect();
        } else {
          this._attempts = 0;
          this._notify("reconnect", attempt);
        }
      });
    }
  }

  Manager.prototype.connect = Manager.prototype.open;
  for (const name of Object.keys(MANAGER_DEFAULTS)) {
    Manager.prototype[name] = function (value) {
      if (arguments.length === 0) return this["_" + name];
      this["_" + name] = value;
      return this;
    };
  }

  // 6 ── Socket ────────────────────────────────────────────────────────────────────────────────

  // Events: "connect", "connect_error" (error), "disconnect" (reason, details), and all that the
  // server emits.
  class Socket extends Emitter {
    constructor(manager, nsp, opts) {
      super();
      this.io = manager;
      this.nsp = nsp;
      this.opts = opts || {};
      this.auth = this.opts.auth;
      this.connected = false; // the server has let us in
      this.active = false; // connected, or trying to be
      this.recovered = false; // nothing was missed since the last connection
      this.sendBuffer = []; // emitted while there was no connection
      this.receiveBuffer = []; // came before the server's answer to CONNECT
      this._flags = {}; // for the next emit
      this._nextID = 0;
      this._acknowledgements = new Map();
      this._retryQueue = [];
      this._anyIncoming = [];
      this._anyOutgoing = [];
      if (manager._autoConnect) this.connect();
    }

    get disconnected() { return !this.connected; }

    connect() {
      const wasActive = this.active;
      this.active = true;
      if (this.io._readyState !== "open") {
        if (!this.io._isReconnecting) this.io.open();
      } else if (!wasActive) {
        this._opened();
      }
      return this;
    }

    disconnect() {
      if (this.connected) this._send({ type: DISCONNECT });
      this._leave();
      this._lost("io client disconnect");
      return this;
    }

    // ── Emitting

    // A function as the last argument is called with the other side's answer.
    emit(event, ...args) {
      if (RESERVED.includes(event)) throw new Error(`"${event}" is a reserved event name`);
      const flags = this._flags;
      this._flags = {};
      if (this.opts.retries && !flags.isRetry && !flags.volatile) {
        this._enqueue(event, args, flags);
        return this;
      }
      const packet = { type: EVENT, data: [event, ...args] };
      if (typeof args[args.length - 1] === "function") {
        packet.id = this._nextID++;
        this._remember(packet.id, packet.data.pop(), flags);
      }
      const isConnected = this._isConnected();
      if (flags.volatile && !(isConnected && this.io.engine.transport.writable)) return this;
      if (isConnected) this._sendEvent(packet);
      else this.sendBuffer.push(packet);
      return this;
    }

    // A promise for the answer. It fails at a timeout, and when the connection ends first.
    emitWithAck(event, ...args) {
      return new Promise((resolve, reject) => {
        const settle = (error, answer) => (error ? reject(error) : resolve(answer));
        settle.hearsErrors = true;
        this.emit(event, ...args, settle);
      });
    }

    send(...args) {
      return this.emit("message", ...args);
    }

    // For the next emit: its callback gets (error, answer), an error after so many milliseconds.
    timeout(milliseconds) {
      this._flags.timeout = milliseconds;
      return this;
    }

    // For the next emit: it may get lost; it is not kept for later.
    get volatile() {
      this._flags.volatile = true;
      return this;
    }

    compress() { return this; } // compression is the server's choice

    _isConnected() {
      return this.connected && !this.io.engine._hasExpired();
    }

    _send(packet) {
      this.io._send(Object.assign(packet, { nsp: this.nsp }));
    }

    _sendEvent(packet) {
      for (const listener of this._anyOutgoing.slice()) call(listener, this, packet.data);
      this._send(packet);
    }

    // ── Acknowledgements

    _remember(id, callback, flags) {
      const timeout = flags.timeout === undefined ? this.opts.ackTimeout : flags.timeout;
      const hearsErrors = timeout !== undefined || callback.hearsErrors === true;
      const timer = timeout === undefined ? undefined : setTimeout(() => {
        this.sendBuffer = this.sendBuffer.filter((packet) => packet.id !== id);
        this._answered(id, new Error("operation has timed out"), []);
      }, timeout);
      this._acknowledgements.set(id, (error, answers) => {
        clearTimeout(timer);
        if (hearsErrors) call(callback, this, error ? [error] : [null, ...answers]);
        else if (!error) call(callback, this, answers);
      });
    }

    _answered(id, error, answers) {
      const acknowledgement = this._acknowledgements.get(id);
      this._acknowledgements.delete(id);
      if (acknowledgement) acknowledgement(error, answers);
    }

    // Who waits for an answer to what was sent on a connection that is gone waits in vain.
    _giveUpWaiting() {
      const unsent = this.sendBuffer.map((packet) => packet.id);
      for (const id of Array.from(this._acknowledgements.keys())) {
        if (unsent.includes(id)) continue;
        this._answered(id, new Error("socket has been disconnected"), []);
      }
    }

    // ── Retries: one event at a time, again and again until it is acknowledged, in order.

    _enqueue(event, args, flags) {
      const callback = typeof args[args.length - 1] === "function" ? args.pop() : () => {};
      const entry = { tries: 0, isUnderWay: false, flags };
      const answered = (error, ...answers) => {
        entry.isUnderWay = false;
        if (!error || entry.tries > this.opts.retries) {
          this._retryQueue.shift();
          call(callback, this, error ? [error] : [null, ...answers]);
        }
        this._tryNext();
      };
      answered.hearsErrors = true;
      entry.args = [event, ...args, answered];
      this._retryQueue.push(entry);
      this._tryNext();
    }

    _tryNext() {
      const entry = this._retryQueue[0];
      if (!entry || entry.isUnderWay || !this._isConnected()) return;
      entry.isUnderWay = true;
      entry.tries += 1;
      this._flags = Object.assign({ isRetry: true }, entry.flags);
      this.emit(...entry.args);
    }

    // ── What comes from the manager

    // The connection stands: ask to be let into the namespace.
    _opened() {
      this.receiveBuffer = [];
      const ask = (auth) => {
        const recovery = this._pid ? { pid: this._pid, offset: this._lastOffset } : undefined;
        const data = recovery ? Object.assign(recovery, auth) : auth;
        if (this.active) this._send({ type: CONNECT, data });
      };
      if (typeof this.auth === "function") this.auth(ask);
      else ask(this.auth);
    }

    _received(packet) {
      switch (packet.type) {
        case CONNECT: return this._admitted(packet.data || {});
        case EVENT: return this._heard(packet);
        case ACK: return this._answered(packet.id, null, packet.data);
        case DISCONNECT:
          this._leave();
          return this._lost("io server disconnect");
        case CONNECT_ERROR: {
          this._leave();
          const { message = packet.data, data } = packet.data;
          return this._notify("connect_error", Object.assign(new Error(message), { data }));
        }
      }
    }

    _admitted({ sid, pid }) {
      if (!sid) return this._failed(new Error("the server speaks Socket.IO 2, this client 3 to 4"));
      this.id = sid;
      this.recovered = pid !== undefined && this._pid === pid;
      this._pid = pid;
      this.connected = true;
      for (const args of this.receiveBuffer.splice(0)) this._deliver(args);
      for (const packet of this.sendBuffer.splice(0)) this._sendEvent(packet);
      this._tryNext();
      this._notify("connect");
    }

    _heard({ id, data: args }) {
      if (id !== undefined) args.push(this._answerer(id));
      if (this.connected) this._deliver(args);
      else this.receiveBuffer.push(args);
    }

    _answerer(id) {
      let isAnswered = false;
      return (...answers) => {
        if (!isAnswered && this.connected) this._send({ type: ACK, id, data: answers });
        isAnswered = true;
      };
    }

    _deliver(args) {
      for (const listener of this._anyIncoming.slice()) call(listener, this, args);
      this._notify(...args);
      // With connection state recovery on, the last argument tells where we are in the stream.
      const offset = args[args.length - 1];
      if (this._pid && typeof offset === "string") this._lastOffset = offset;
    }

    _failed(error) {
      if (!this.connected) this._notify("connect_error", error);
    }

    _lost(reason, details) {
      if (!this.connected) return;
      this.connected = false;
      this.id = undefined;
      this._notify("disconnect", reason, details);
      this._giveUpWaiting();
    }

    _leave() {
      this.active = false;
      this.io._left();
    }

    // ── Listeners for any event

    onAny(listener) { this._anyIncoming.push(listener); return this; }
    prependAny(listener) { this._anyIncoming.unshift(listener); return this; }
    offAny(listener) { return forget(this, this._anyIncoming, listener); }
    listenersAny() { return this._anyIncoming; }

    onAnyOutgoing(listener) { this._anyOutgoing.push(listener); return this; }
    prependAnyOutgoing(listener) { this._anyOutgoing.unshift(listener); return this; }
    offAnyOutgoing(listener) { return forget(this, this._anyOutgoing, listener); }
    listenersAnyOutgoing() { return this._anyOutgoing; }
  }

  Socket.prototype.open = Socket.prototype.connect;
  Socket.prototype.close = Socket.prototype.disconnect;

  function forget(socket, list, listener) {
    if (listener) remove(list, listener);
    else list.length = 0;
    return socket;
  }

  // 7 ── io() ──────────────────────────────────────────────────────────────────────────────────

  const managers = {}; // by server and path: its namespaces share a connection

  // A URL may lack its scheme ("example.org"), its host ("/admin"), or be missing altogether. Its
  // path names the namespace, its query goes along with the handshake.
  function parse(uri) {
    const page = typeof location === "object" ? location : { protocol: "http:", host: "localhost" };
    let text = uri === undefined || uri === null ? "/" : String(uri);
    if (/^\/(?!\/)/.test(text)) text = `//${page.host}${text}`;
    if (!/^(https?|wss?):\/\//.test(text)) text = page.protocol + text.replace(/^(\/\/)?/, "//");
    const match = /^(?:http|ws)(s?):\/\/([^/?#]+)([^?#]*)\??([^#]*)/.exec(text);
    if (!match) throw new Error(`"${uri}" is not the URL of a server, like http://localhost:3000`);
    const [, secure, host, nsp, query] = match;
    const source = `http${secure}://${host}`;
    return { source, secure: secure === "s", host, nsp: nsp || "/", query };
  }

  // The socket for a URL. A second socket for the same namespace gets a connection of its own.
  function lookup(uri, opts) {
    if (uri && typeof uri === "object") [uri, opts] = [undefined, uri];
    opts = Object.assign({}, opts);
    const { source, nsp, query } = parse(uri);
    if (query && !opts.query) opts.query = query;
    const key = source + (opts.path || "");
    const isTaken = managers[key] && nsp in managers[key].nsps;
    if (opts.forceNew || opts.multiplex === false || isTaken) {
      return new Manager(source, opts).socket(nsp, opts);
    }
    if (!managers[key]) managers[key] = new Manager(source, opts);
    return managers[key].socket(nsp, opts);
  }

  return Object.assign(lookup, { io: lookup, connect: lookup, Manager, Socket, protocol: 5 });
})();

if (typeof module === "object" && module.exports) module.exports = io;
else if (typeof self === "object") self.io = io;
