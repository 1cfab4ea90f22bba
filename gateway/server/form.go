package server

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
)

// This file reads a request's parameters as old clients send them: from the
// query and the body together, the body perhaps not encoded at all and without
// a Content-Type.

// maxForm bounds a request's body, in bytes.
const maxForm = 1 << 20

// readForm returns the parameters of the query, then those of the body.
func readForm(r *http.Request) (url.Values, error) {
	v := url.Values{}
	addPairs(v, r.URL.RawQuery)
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && kind == "multipart/form-data" {
		return v, addParts(v, multipart.NewReader(io.LimitReader(r.Body, maxForm), params["boundary"]))
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxForm+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the request: %w", err)
	case len(body) > maxForm:
		return nil, errors.New("the request is too long")
	}
	addPairs(v, string(body))
	return v, nil
}

// addPairs adds what stands in a query or an urlencoded body. Unlike
// [url.ParseQuery] it keeps what is badly escaped, and semicolons.
func addPairs(v url.Values, text string) {
	for pair := range strings.SplitSeq(strings.Trim(text, "\r\n"), "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name != "" {
			v.Add(unescape(name), unescape(value))
		}
	}
}

func unescape(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return strings.ReplaceAll(text, "+", " ")
}

// addParts adds the parts of a multipart body that are not files.
func addParts(v url.Values, parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the request's parts: %w", err)
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return fmt.Errorf("read the request's parts: %w", err)
		}
		if part.FileName() == "" && part.FormName() != "" {
			v.Add(part.FormName(), string(value))
		}
	}
}
