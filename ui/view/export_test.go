package view

// FlowURL is where the session's documents are served.
func (s *Session) FlowURL() string { return s.server.URL() }

// App is what an office works with.
func (o *Office) App() *App { return o.app }
