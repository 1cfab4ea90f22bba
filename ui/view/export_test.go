package view

// FlowURL is where the session's documents are served.
func (s *Session) FlowURL() string {
	for _, server := range s.servers {
		return server.URL()
	}
	return ""
}

// App is what an office works with.
func (o *Office) App() *App { return o.app }
