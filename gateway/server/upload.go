package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"rollcall/gateway/broadcast"
)

// This file reads requests that bring a list along: a multipart body with a
// part "file". Only the campaign interface takes one.

const (
	// maxUploads is how many lists are read and stored at the same time: each
	// takes several times its size in memory.
	maxUploads = 2
	// uploadWait is how long another one waits for its turn.
	uploadWait = 10 * time.Second
)

var (
	errUploads  = errors.New("other lists are being read: try again in a moment")
	errListSize = fmt.Errorf("the list is longer than %d bytes", broadcast.MaxFile)
)

// turns bounds how many do something at the same time.
type turns chan struct{}

// take waits for a turn, at most for a while. Whoever has one gives it back.
func (t turns) take(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, uploadWait)
	defer cancel()
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return errUploads
	}
}

func (t turns) giveBack() { <-t }

// boundary returns that of a multipart request; empty where it is none.
func boundary(r *http.Request) string {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return ""
	}
	return params["boundary"]
}

// readUpload returns the parameters of a request and its part "file", nil if
// there is none.
func readUpload(r *http.Request) (url.Values, []byte, error) {
	between := boundary(r)
	if between == "" {
		v, err := readForm(r)
		return v, nil, err
	}
	v := url.Values{}
	addPairs(v, r.URL.RawQuery)
	parts := multipart.NewReader(io.LimitReader(r.Body, broadcast.MaxFile+maxForm), between)
	var file []byte
	for left := maxForm; ; {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return v, file, nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read the request's parts: %w", err)
		}
		if part.FormName() == "file" {
			if file, err = readPart(part, broadcast.MaxFile, errListSize); err != nil {
				return nil, nil, err
			}
			continue
		}
		value, err := readPart(part, left, errors.New("the request is too long"))
		if err != nil {
			return nil, nil, err
		}
		left -= len(value)
		if part.FileName() == "" && part.FormName() != "" {
			v.Add(part.FormName(), string(value))
		}
	}
}

// readPart reads a part to its end; tooLong is what is wrong with a longer one.
// The result is never nil.
func readPart(part io.Reader, limit int, tooLong error) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(part, int64(limit)+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the request's parts: %w", err)
	case len(body) > limit:
		return nil, tooLong
	}
	return body, nil
}

// readCampaign reads and admits a request of the campaign interface.
func (s *Server) readCampaign(r *http.Request) (url.Values, []byte, error) {
	v, file, err := readUpload(r)
	if err == nil && len(v) > maxParameters {
		err = errTooManyParams
	}
	return v, file, cmp.Or(err, s.authorized(r, v))
}
