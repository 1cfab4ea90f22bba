package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"

	"rollcall/gateway"
)

// conn is a client with one connection that it keeps. It writes requests by
// hand, so that on a machine that it shares with the gateway the gateway is
// what is measured.
type conn struct {
	net.Conn
	host    string
	reader  *bufio.Reader
	traffic *traffic
}

// traffic counts what goes over connections.
type traffic struct{ requests, bytes atomic.Int64 }

// counted is a connection that counts.
type counted struct {
	net.Conn
	traffic *traffic
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.traffic.bytes.Add(int64(n))
	return n, err
}

func (c counted) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.traffic.bytes.Add(int64(n))
	return n, err
}

// connect opens a connection whose traffic is added to t.
func (p *process) connect(ctx context.Context, t *traffic) (*conn, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", p.address)
	if err != nil {
		return nil, err
	}
	all := counted{c, t}
	return &conn{Conn: all, host: p.address, reader: bufio.NewReaderSize(all, 64<<10), traffic: t}, nil
}

func (c *conn) close() { _ = c.Close() }

func (c *conn) get(target string) ([]byte, error) {
	return c.exchange(fmt.Sprintf("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: keep-alive\r\n\r\n", target, c.host))
}

func (c *conn) send(method, target, kind, body string) ([]byte, error) {
	return c.exchange(fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\nConnection: keep-alive\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
		method, target, c.host, kind, len(body), body))
}

// exchange sends a request and returns the body of the reply.
func (c *conn) exchange(request string) ([]byte, error) {
	if _, err := io.WriteString(c.Conn, request); err != nil {
		return nil, err
	}
	resp, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	_ = resp.Body.Close() // it was read to its end
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", resp.Status, body)
	}
	c.traffic.requests.Add(1)
	return body, nil
}

// call asks for a call and returns its id.
func (c *conn) call(r gateway.Request) (gateway.ReqID, error) {
	body, err := c.send(http.MethodPost, gateway.PathCall, "application/x-www-form-urlencoded", r.Values().Encode())
	if err != nil {
		return 0, err
	}
	return gateway.ParseAccepted(body)
}

// status asks how a call stands.
func (c *conn) status(id gateway.ReqID) ([]byte, error) {
	return c.get(gateway.PathStatus + "?" + url.Values{"reqid": {fmt.Sprint(int64(id))}}.Encode())
}
