package view

import (
	"context"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"rollcall/gateway/vxml"
)

// This file is how a flow that is tried reads from the web.

// maxTryBytes bounds one fetched document or recording.
const maxTryBytes = 16 << 20

// Fetch reads over HTTP, as a gateway would, but keeps nothing: whoever tries a
// flow is changing it.
func (t *Try) Fetch(ctx context.Context, f vxml.Fetch) (vxml.Resource, error) {
	if f.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.Timeout)
		defer cancel()
	}
	method := f.Method
	if method == "" {
		method = http.MethodGet
	}
	req, err := http.NewRequestWithContext(ctx, method, f.URL, strings.NewReader(string(f.Body)))
	if err != nil {
		return vxml.Resource{}, err
	}
	if f.Type != "" {
		req.Header.Set("Content-Type", f.Type)
	}
	for name, limit := range map[string]*time.Duration{"max-age": f.MaxAge, "max-stale": f.MaxStale} {
		if limit != nil {
			req.Header.Add("Cache-Control", fmt.Sprintf("%s=%d", name, max(0, *limit/time.Second)))
		}
	}
	resp, err := t.Client.Do(req)
	if err != nil {
		return vxml.Resource{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return vxml.Resource{}, fmt.Errorf("fetch %s: %w", f.URL, vxml.HTTPError(resp.StatusCode))
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxTryBytes))
	if err != nil {
		return vxml.Resource{}, fmt.Errorf("read %s: %w", f.URL, err)
	}
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil {
		kind = "" // not known
	}
	return vxml.Resource{URL: resp.Request.URL.String(), Type: kind, Body: body}, nil
}
