package view

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"rollcall/campaign/flow"
	"rollcall/campaign/flow/built"
	"rollcall/gateway/audio"
)

// OpenFlow reads a flow; CheckFlow tells whether it can be played. One that was
// built in the window is in the data folder, which nobody else may hold then.
func (a *App) OpenFlow(ctx context.Context, source string) (*flow.Flow, error) {
	return a.loader(func(ctx context.Context, id string) (string, fs.FS, error) {
		o, err := a.Open(ctx, "message")
		if err != nil {
			return "", nil, err
		}
		document, files, err := o.builtFlow(ctx, id)
		return document, files, errors.Join(err, o.Close())
	}).Open(ctx, source)
}

// OpenFlow reads a flow, also one that was built in the window.
func (o *Office) OpenFlow(ctx context.Context, source string) (*flow.Flow, error) {
	return o.app.loader(o.builtFlow).Open(ctx, source)
}

func (a *App) loader(ofBuilt func(ctx context.Context, id string) (string, fs.FS, error)) flow.Loader {
	return flow.Loader{Samples: a.Samples, Sound: a.Sound, Built: ofBuilt}
}

// builtFlow is the document of a built message, and its recording beside it.
func (o *Office) builtFlow(ctx context.Context, id string) (string, fs.FS, error) {
	m, err := o.builtMessage(ctx, id)
	if err != nil {
		return "", nil, err
	}
	files, err := o.sounds(ctx, m)
	return m.Document(), files, err
}

func (o *Office) builtMessage(ctx context.Context, id string) (built.Message, error) {
	text, err := o.Store.Message(ctx, id)
	if err != nil {
		return built.Message{}, err
	}
	return built.Decode(text)
}

// sounds is what stands beside the document of a message; nil for nothing.
func (o *Office) sounds(ctx context.Context, m built.Message) (fs.FS, error) {
	if m.Kind != built.Recorded || m.Recording.ID == "" {
		return nil, nil //nolint:nilnil // a flow without files beside it
	}
	sound, err := o.Store.Recording(ctx, m.Recording.ID)
	if err != nil {
		return nil, err
	}
	return oneFile{name: built.RecordingFile, content: sound}, nil
}

// maxSound bounds a recording, in bytes: some ten minutes as a telephone plays
// it, or two of the finest.
const maxSound = 20 << 20

// TakeRecording brings a WAV file into the data folder, so that the message can
// be played whatever becomes of the file.
func (o *Office) TakeRecording(ctx context.Context, path string) (built.Recording, error) {
	info, err := os.Stat(path)
	if err != nil {
		return built.Recording{}, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxSound {
		return built.Recording{}, fmt.Errorf("%s has more than %d megabytes", filepath.Base(path), maxSound>>20)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		return built.Recording{}, err
	}
	if o.app.Sound != nil {
		if err := o.app.Sound(sound, ""); err != nil {
			return built.Recording{}, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
	}
	length, err := audio.Length(sound)
	if err != nil {
		return built.Recording{}, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	id := built.IDOf(sound)
	return built.Recording{ID: id, Name: filepath.Base(path), Length: length}, o.Store.KeepRecording(ctx, id, sound, time.Now())
}
